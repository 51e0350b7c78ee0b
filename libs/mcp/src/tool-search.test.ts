import { describe, expect, it } from 'vitest';
import { searchTools } from './__fixtures__/search-tools.ts';
import { searchTerms } from './search-terms.ts';
import { createToolSearch, searchableTool } from './tool-search.ts';
import { listTokens, toolSearchTools } from './tool-search-tools.ts';

/** What somebody wants done, and the tools that do it; worded without looking at the tools. */
const queries: readonly (readonly [string, readonly string[]])[] = [
  ['open a bug report on GitHub', ['github__create_issue']],
  ['merge the PR', ['github__merge_pull_request']],
  ['what changed in this pull request', ['github__get_pull_request_diff']],
  ['approve a pull request', ['github__review_pull_request']],
  ['find where a function is used in our code', ['github__search_code']],
  ['retry the failed CI build', ['github__rerun_workflow']],
  ['vulnerable dependencies', ['github__list_dependabot_alerts']],
  ['make a new repo', ['github__create_repository']],
  ['log time on a jira ticket', ['jira__add_worklog']],
  ['move jira ticket to done', ['jira__transition_ticket']],
  ['assign ticket to a colleague', ['jira__assign_ticket']],
  ['send a slack message to the team channel', ['slack__post_message']],
  ['react with an emoji', ['slack__add_reaction']],
  ['post a message later', ['slack__schedule_message']],
  ['email a file to a customer', ['gmail__send_email']],
  ['search my inbox', ['gmail__search_messages']],
  ['vacation auto reply', ['outlook__out_of_office']],
  ['schedule a meeting with three guests', ['calendar__create_event', 'teams__createMeeting']],
  ['when are all of us free', ['calendar__find_free_time']],
  ['cancel the meeting', ['calendar__delete_event']],
  ['share a document with somebody', ['drive__share_file']],
  ['save google doc as pdf', ['drive__export_pdf']],
  ['add rows to a spreadsheet', ['sheets__append_rows']],
  ['remove a file from disk', ['fs__delete_file']],
  ['who last changed this line', ['git__blame']],
  ['columns of a database table', ['postgres__describe_table']],
  ['why is this SQL query slow', ['postgres__explain']],
  ['run sql on the warehouse', ['bigquery__run_query']],
  ['look through application logs', ['elastic__search_logs', 'k8s__get_pod_logs']],
  ['restart a deployment', ['k8s__restart_deployment']],
  ['more replicas', ['k8s__scale_deployment']],
  ['rollback deployment', ['k8s__rollout_undo']],
  ['temporary download link for an S3 object', ['aws__presign_url']],
  ['how much do we spend on AWS', ['aws__cost_report']],
  ['clear the CDN cache', ['cloudflare__purge_cache']],
  ['stack trace of an exception', ['sentry__get_stacktrace']],
  ['page the on-call engineer', ['pagerduty__trigger_incident']],
  ['silence an alert', ['datadog__mute_monitor']],
  ['give a customer their money back', ['stripe__create_refund']],
  ['unpaid invoices', ['quickbooks__list_overdue_invoices']],
  ['stop a subscription', ['stripe__cancel_subscription']],
  ['answer a support ticket', ['zendesk__reply_ticket']],
  ['ship an order', ['shopify__fulfill_order']],
  ['coordinates of an address', ['maps__geocode']],
  ['will it rain tomorrow', ['weather__forecast']],
  ['take a picture of the web page', ['browser__screenshot']],
  ['download a website', ['web__fetch_url']],
  ['youtube video transcript', ['youtube__get_transcript']],
  ['translate into French', ['translate__translate_text']],
  ['convert dollars to euros', ['math__convert_currency']],
  ['combine two pdfs', ['pdf__merge']],
  ['speech to text', ['audio__transcribe']],
  ['take a day off', ['hr__request_vacation']],
  ['disable the account of a leaver', ['okta__deactivate_user']],
  ['listIssues', ['github__list_issues']],
];

const search = createToolSearch(searchTools);
const namesFor = (query: string, limit: number): readonly string[] =>
  search.search(query, limit).map(({ position }) => searchTools[position]?.name ?? '');

function measure() {
  let recalled = 0;
  let reciprocal = 0;
  const missed: string[] = [];
  for (const [query, wanted] of queries) {
    const rank = namesFor(query, 20).findIndex((name) => wanted.includes(name));
    if (rank >= 0 && rank < 5) recalled += 1;
    else missed.push(query);
    if (rank >= 0) reciprocal += 1 / (rank + 1);
  }
  return { recallAt5: recalled / queries.length, mrr: reciprocal / queries.length, missed };
}

describe('tool search', () => {
  it('finds the right tool among two hundred', () => {
    expect(searchTools.length).toBeGreaterThanOrEqual(200);
    expect(queries.length).toBeGreaterThanOrEqual(40);
    const { recallAt5, mrr, missed } = measure();
    // biome-ignore lint/suspicious/noConsole: the figures are what this test is for
    console.info(
      `tool search: ${searchTools.length} tools, ${queries.length} queries, recall@5 ${recallAt5.toFixed(3)}, ` +
        `MRR ${mrr.toFixed(3)}, missed: ${missed.join('; ') || 'none'}`,
    );
    expect(recallAt5).toBeGreaterThanOrEqual(0.85);
    expect(mrr).toBeGreaterThanOrEqual(0.7);
  });

  it('gives the same order every time, the best first, with at most as many as asked for', () => {
    const hits = search.search('list tickets', 7);
    expect(hits).toEqual(search.search('list tickets', 7));
    expect(hits).toHaveLength(7);
    expect(hits[0]?.score).toBe(1);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('shows only what the caller may see', () => {
    const hidden = searchTools.findIndex(({ name }) => name === 'github__merge_pull_request');
    const hits = search.search('merge pull request', 50, (position) => position !== hidden);
    expect(hits.some(({ position }) => position === hidden)).toBe(false);
    expect(search.search('merge pull request', 5, () => false)).toEqual([]);
  });

  it('finds nothing for nothing, and takes any text', () => {
    for (const query of ['', '   ', 'the of and', '\0\uD800', 'x'.repeat(100_000), '日本語']) {
      expect(search.search(query, 5).length, query.slice(0, 10)).toBe(0);
    }
  });

  it('reads titles and parameters of a definition', () => {
    const tool = searchableTool('a__b', {
      description: 'Does it.',
      annotations: { title: 'Frobnicate' },
      inputSchema: {
        type: 'object',
        properties: { wobbleFactor: { type: 'number', description: 'strength' } },
      },
    });
    const one = createToolSearch([tool]);
    for (const query of ['frobnicate', 'wobble', 'strength']) expect(one.search(query, 1)).toHaveLength(1);
  });
});

describe('searchTerms', () => {
  it('splits identifiers and meets plurals and verbs', () => {
    expect(searchTerms('createPullRequests HTTPServer list_files2', 10)).toEqual(
      searchTerms('creating pull request HTTP server lists file 2', 10),
    );
  });
});

describe('listTokens', () => {
  it('says what the three tools save', () => {
    const definitions = searchTools.map(({ name, description, parameters }) => ({
      name,
      description,
      inputSchema: {
        type: 'object',
        properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, { type: 'string' }])),
      },
    }));
    const [full, three] = [listTokens(definitions), listTokens(toolSearchTools)];
    // biome-ignore lint/suspicious/noConsole: the figures are what this test is for
    console.info(`tokens of ${definitions.length} tools: ${full}, of the three: ${three}`);
    expect(three * 10).toBeLessThan(full);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool, refusalCode, type WireReply } from '../agent-call.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { eventually } from '../eventually.ts';
import { changeSettings, query } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';
import {
  type AgentKey,
  createAgentKey,
  liveEverywhere,
  publishServer,
  registerServer,
} from '../tenant-setup.ts';
import { deepSchema, hugeToolList, remoteRefSchema, schemaBomb } from '../upstreams/hostile-definitions.ts';
import { type ModernUpstream, startModernUpstream } from '../upstreams/modern-upstream.ts';
import { type Behaviour, type FixtureTool, plainTools } from '../upstreams/upstream-state.ts';
import { workerPids } from './bad-input/ground.ts';

let stack: Stack;
let owner: ConsoleSession;
let upstream: ModernUpstream;
let agent: AgentKey;
const others: ModernUpstream[] = [];

/** What a call may take in this test: the fixtures below never end by themselves. */
const callTimeoutMs = 1_500;

beforeAll(async () => {
  stack = await startStack();
  owner = await signIn(stack.consoleUrl, await stack.loginLink());
  upstream = await startModernUpstream();
  await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${upstream.port}` });
  await publishServer(owner, 'Fixture', upstream.url);
  agent = await createAgentKey(owner, 'Patient');
  await changeSettings(stack.adminUrl, 'demo', { callTimeoutMs });
  await liveEverywhere(owner);
});
afterAll(async () => {
  await Promise.all([upstream, ...others].map((one) => one?.close()));
  await stack?.stop();
});

/** One worker serves all calls here: its breaker, pools and memory are what is looked at. */
const worker = () => `${stack.workerUrls[0]}/demo/main/key/mcp`;
const call = (args: Record<string, unknown>) => callTool(worker(), agent.key, 'fixture__echo', args);

async function residentMb(): Promise<number> {
  const text = await (await fetch(`${stack.workerUrls[0]}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1024 / 1024;
}

interface CallRow {
  readonly phase: string;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly stage: string | null;
}

async function newestCall(): Promise<readonly CallRow[]> {
  return query<CallRow>(
    stack.adminUrl,
    `SELECT phase, outcome, code, stage FROM receipt WHERE call_id =
       (SELECT call_id FROM receipt WHERE tool_name = 'fixture__echo' ORDER BY at DESC LIMIT 1) ORDER BY phase`,
  );
}

async function expectRecorded(code: string | null): Promise<void> {
  const rows = await eventually('both receipts of the call', async () => {
    const found = await newestCall();
    return found.length === 2 && found[1]?.code === code ? found : undefined;
  });
  expect(rows[0]).toMatchObject({ phase: 'intent' });
  expect(rows[1]).toMatchObject(
    code === null
      ? { phase: 'outcome', outcome: 'ok' }
      : { phase: 'outcome', outcome: 'error', stage: 'dispatch' },
  );
}

const mib = 1024 * 1024;
const cases: readonly (readonly [Behaviour, string | null])[] = [
  [{ kind: 'hang' }, 'timeout'],
  [{ kind: 'hang_body' }, 'timeout'],
  [{ kind: 'drip', everyMs: 20 }, 'timeout'],
  [{ kind: 'reset' }, 'upstream_unreachable'],
  [{ kind: 'garbage' }, 'upstream_protocol'],
  [{ kind: 'not_json' }, 'upstream_protocol'],
  [{ kind: 'not_json_rpc' }, 'upstream_protocol'],
  [{ kind: 'wrong_id' }, 'upstream_protocol'],
  [{ kind: 'wrong_content_type' }, 'upstream_protocol'],
  [{ kind: 'status', status: 500 }, 'upstream_protocol'],
  [{ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' }, 'upstream_protocol'],
  [{ kind: 'duplicate_answer' }, null],
  [{ kind: 'server_request' }, null],
  [{ kind: 'endless_sse' }, 'upstream_protocol'],
  [{ kind: 'long_line', bytes: 20 * mib }, 'upstream_protocol'],
  [{ kind: 'huge_body', bytes: 200 * mib }, 'upstream_protocol'],
  [{ kind: 'gzip_bomb', bytes: 200 * mib }, 'upstream_protocol'],
];

describe('an upstream that answers badly', () => {
  it.each(cases)('%j: %s', async (does, code) => {
    const pids = await workerPids(stack);
    const before = upstream.calls().length;
    // Every case meets a healthy circuit: enough good calls keep the failed share below what opens it.
    await Promise.all(Array.from({ length: 4 }, () => call({ text: 'well' })));
    const rss = await residentMb();
    upstream.behave(does, { method: 'tools/call', times: 1 });
    const [reply, elsewhere] = await Promise.all([
      call({ text: 'badly' }),
      callTool(worker(), agent.key, 'demo__add', { a: 1, b: 1 }),
    ]);
    expectAnswer(reply, code);
    expect(refusalCode(elsewhere), 'another upstream').toBeUndefined();
    const grown = (await residentMb()) - rss;
    console.info(
      `${does.kind}: ${code ?? 'answered'}, resident memory ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MB`,
    );
    // Never sent twice: what an upstream got, it may have done.
    expect(upstream.calls().length).toBe(before + 5);
    await expectRecorded(code);
    expect(refusalCode(await call({ text: 'well again' }))).toBeUndefined();
    expect(await workerPids(stack)).toEqual(pids);
  });

  it('hanging for many at once frees its places, and nobody else waits', async () => {
    upstream.behave({ kind: 'hang' }, { method: 'tools/call' });
    const hanging = Promise.all(Array.from({ length: 30 }, () => call({ text: 'hang' })));
    const beside = await Promise.all(
      Array.from({ length: 30 }, (_, a) => callTool(worker(), agent.key, 'demo__add', { a, b: 1 })),
    );
    expect(beside.filter((reply) => refusalCode(reply) !== undefined)).toEqual([]);
    const codes = new Set((await hanging).map(refusalCode));
    expect([...codes].every((code) => code === 'timeout' || code === 'upstream_unreachable')).toBe(true);
    upstream.behave({ kind: 'well' });
    await eventually(
      'served again',
      async () => refusalCode(await call({ text: 'after' })) === undefined,
      30_000,
    );
  });
});

function expectAnswer(reply: WireReply, code: string | null): void {
  if (code !== null) expect(refusalCode(reply), JSON.stringify(reply.body).slice(0, 500)).toBe(code);
  else
    expect(reply.body.result?.content, JSON.stringify(reply.body)).toEqual([{ type: 'text', text: 'badly' }]);
}

interface Report {
  readonly state: string;
  readonly error: string | null;
  readonly body: {
    readonly outcome: string;
    readonly grade: string;
    readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly detail: string }[];
    readonly tools: readonly {
      readonly name: string;
      readonly findings: readonly { readonly code: string }[];
    }[];
    readonly serverFindings: readonly { readonly code: string; readonly title: string }[];
  } | null;
}

/** Registers a server with these tools and waits for what the vetting has to say. */
async function vet(name: string, tools: readonly FixtureTool[], does?: Behaviour): Promise<Report> {
  const candidate = await startModernUpstream({ tools });
  others.push(candidate);
  if (does) candidate.behave(does);
  await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${candidate.port}` });
  await registerServer(owner, name, candidate.url);
  return eventually(
    `the vetting of ${name} is over`,
    async () => {
      const rows = await query<Report>(
        stack.adminUrl,
        `SELECT r.state, r.error, p.body FROM vet_run r JOIN server s ON s.id = r.server_id
           LEFT JOIN vet_report p ON p.run_id = r.id WHERE s.name = $1 AND r.consumed_at IS NOT NULL`,
        [name],
      );
      return rows[0];
    },
    90_000,
  );
}

const saying = (report: Report) =>
  JSON.stringify([
    report.error,
    report.body?.grade,
    report.body?.checks.filter((check) => !check.passed),
    report.body?.serverFindings,
    report.body?.tools.flatMap((tool) => tool.findings.map((finding) => finding.code)),
  ]);

describe('a candidate that is a trap', () => {
  it.each([
    ['a list of 30 MB', () => hugeToolList(30_000_000), /too_large|larger than|more than/],
    ['a schema that doubles thirty times', () => [...plainTools, schemaBomb()], /expand|schema/i],
    ['a schema 40 levels deep', () => [...plainTools, deepSchema(40)], /deep|schema/i],
    [
      'a schema that wants another document',
      () => [...plainTools, remoteRefSchema('http://127.0.0.1:1/x')],
      /ref|schema/i,
    ],
  ] as const)('%s: the report says so, and nothing falls', async (name, tools, words) => {
    const { jobs, 'control-plane': controlPlane } = stack.pids();
    const pids = await workerPids(stack);
    const report = await vet(name, tools());
    console.info(`${name}: ${saying(report).slice(0, 400)}`);
    expect(saying(report)).toMatch(words);
    expect(stack.pids()).toMatchObject({ jobs, 'control-plane': controlPlane });
    expect(await workerPids(stack)).toEqual(pids);
  });

  it.each([[{ kind: 'garbage' }], [{ kind: 'gzip_bomb', bytes: 200 * mib }]] as readonly (readonly [
    Behaviour,
  ])[])('one that answers with %j fails its vetting by name', async (does) => {
    const { jobs } = stack.pids();
    const report = await vet(`Trap ${does.kind}`, plainTools, does);
    console.info(`${does.kind}: ${saying(report).slice(0, 400)}`);
    expect(saying(report)).toMatch(/upstream_|timeout|too_large/);
    expect(stack.pids()).toMatchObject({ jobs });
  });

  it('leaves the product as it was: calls pass, and a harmless server is vetted', async () => {
    expect(refusalCode(await call({ text: 'still here' }))).toBeUndefined();
    const report = await vet('Harmless', plainTools);
    expect(report.body?.grade, saying(report)).toBe('A');
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool, refusalCode, type WireReply } from '../agent-call.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { changeSettings, query } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';
import {
  type AgentKey,
  createAgentKey,
  createTenant,
  liveEverywhere,
  publishServer,
} from '../tenant-setup.ts';
import { type ModernUpstream, startModernUpstream } from '../upstreams/modern-upstream.ts';
import { badTexts, badValues } from './detection/bad-texts.ts';
import { lookAt } from './detection/loop-watch.ts';

/** One worker with everything on, a tenant that sends what is bad, and one beside it that must notice nothing. */
let stack: Stack;
let upstream: ModernUpstream;
let theirs: ModernUpstream;
let agent: AgentKey;
let bystander: AgentKey;
let pid: number;

const free = { type: 'object', additionalProperties: true } as const;
const tools = [{ name: 'take', description: 'Takes anything and gives anything.', inputSchema: free }];
const settings = {
  requestInspection: 'block',
  responseInspection: 'block',
  ratePerMinute: 1_000_000,
  rateBurst: 100_000,
};

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
  upstream = await startModernUpstream({ tools });
  theirs = await startModernUpstream();
  const owner: ConsoleSession = await signIn(stack.consoleUrl, await stack.loginLink());
  for (const { port } of [upstream, theirs])
    await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${port}` });
  const other = await createTenant(stack, owner, 'other');
  await Promise.all([publishServer(owner, 'Bad', upstream.url), publishServer(other, 'Theirs', theirs.url)]);
  agent = await createAgentKey(owner, 'Bad');
  bystander = await createAgentKey(other, 'Bystander');
  for (const slug of ['demo', 'other']) await changeSettings(stack.adminUrl, slug, settings);
  await Promise.all([liveEverywhere(owner), liveEverywhere(other)]);
  ({ pid } = await lookAt(stack));
});
afterAll(async () => {
  await Promise.all([upstream?.close(), theirs?.close()]);
  await stack?.stop();
  for (const line of lines.sort((a, b) => b.blockedMs - a.blockedMs).slice(0, 12))
    process.stdout.write(
      `longest block ${line.blockedMs.toFixed(0).padStart(5)} ms, ${line.tookMs.toFixed(0).padStart(6)} ms in all: ${line.what}\n`,
    );
});

const at = (key: AgentKey) => `${stack.workerUrls[0]}${new URL(key.endpoint).pathname}`;
const take = (args: Record<string, unknown>): Promise<WireReply> =>
  callTool(at(agent), agent.key, 'bad__take', args);
const lines: { what: string; blockedMs: number; tookMs: number }[] = [];

/** Does something bad while the other tenant calls the same worker all the time: every one of its calls is answered. */
async function beside<T>(what: string, work: () => Promise<T>): Promise<T> {
  await lookAt(stack);
  let isOver = false;
  let served = 0;
  const calling = (async () => {
    while (!isOver) {
      const reply = await callTool(at(bystander), bystander.key, 'theirs__echo', {
        text: `bystander ${served}`,
      });
      expect([reply.status, refusalCode(reply)]).toEqual([200, undefined]);
      served += 1;
      await sleep(5);
    }
  })();
  const since = performance.now();
  try {
    return await work();
  } finally {
    const tookMs = performance.now() - since;
    isOver = true;
    await calling;
    const seen = await lookAt(stack);
    lines.push({ what, blockedMs: seen.blockedMs, tookMs });
    expect(served).toBeGreaterThan(0);
    expect(seen.pid).toBe(pid);
    expect(seen.residentMb).toBeLessThan(900);
  }
}

/** Answered as what it is, by the gateway or by the upstream; never by a broken connection or an unknown error. */
function expectAnswered(reply: WireReply): void {
  expect([200, 400, 413]).toContain(reply.status);
  expect(reply.body.result !== undefined || reply.body.error !== undefined).toBe(true);
  expect(refusalCode(reply)).not.toBe('internal_error');
}

const argumentLength = 3.9 * 1024 * 1024;
const resultLength = 7.5 * 1024 * 1024;

describe('as an argument of four megabytes', () => {
  it.each(Object.keys(badTexts))('%s', async (name) => {
    const text = badTexts[name]?.(argumentLength / 3) ?? '';
    expectAnswered(await beside(`argument: ${name}`, () => take({ text })));
  });

  it('one character, as long as a request may be', async () => {
    expectAnswered(
      await beside('argument: 4 MB of one character', () => take({ text: 'a'.repeat(argumentLength) })),
    );
  });
});

describe('as a result', () => {
  it.each(Object.keys(badTexts))('%s', async (name) => {
    const text = badTexts[name]?.(1024 * 1024) ?? '';
    upstream.setAnswers({ take: () => ({ content: [{ type: 'text', text }] }) });
    expectAnswered(await beside(`result: ${name}`, () => take({})));
  });

  it.each(Object.keys(badValues))('%s', async (name) => {
    const value = badValues[name]?.();
    upstream.setAnswers({ take: () => ({ content: [], structuredContent: { value } }) });
    expectAnswered(await beside(`result: ${name}`, () => take({})));
  });

  it('ten megabytes of one character', async () => {
    const text = 'a'.repeat(resultLength);
    upstream.setAnswers({ take: () => ({ content: [{ type: 'text', text }] }) });
    expectAnswered(await beside('result: 7.5 MB of one character', () => take({})));
    upstream.setAnswers({ take: () => ({ content: [{ type: 'text', text: text + text }] }) });
    expectAnswered(await beside('result: 15 MB of one character', () => take({})));
  });

  it('a finding says what was not looked at', async () => {
    const rows = await query<{ n: number }>(
      stack.adminUrl,
      `SELECT count(*)::int AS n FROM receipt WHERE phase = 'outcome' AND findings::text LIKE '%scan_truncated%'`,
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
  });
});

describe('what is no text at all', () => {
  const send = async (body: Buffer | string) => {
    const reply = await fetch(at(agent), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${agent.key}`,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'bad__take',
      },
      body,
    });
    return { status: reply.status, text: await reply.text() };
  };
  const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"e2e","version":"1"}}`;
  const message = (args: string) =>
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bad__take","arguments":${args},${meta}}}`;

  it.each([
    ['half a character', '{"text":"\\ud800"}'],
    ['two halves in the wrong order', '{"text":"\\udc00\\ud800"}'],
    ['half a character in a name', '{"\\ud800":1}'],
    ['a hundred thousand names', `{${Array.from({ length: 100_000 }, (_, at_) => `"k${at_}":1`).join(',')}}`],
    ['a thousand levels', `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
  ])('%s', async (name, args) => {
    const reply = await beside(`request: ${name}`, () => send(message(args)));
    expect([reply.status, JSON.parse(reply.text).error?.data?.code]).toEqual([400, 'malformed']);
  });

  it('bytes that are no UTF-8', async () => {
    const [head, tail] = message('{"text":"|"}').split('|');
    const body = Buffer.concat([
      Buffer.from(head ?? ''),
      Buffer.from([0xff, 0xfe, 0x80, 0xc3]),
      Buffer.from(tail ?? ''),
    ]);
    const reply = await beside('request: bytes that are no UTF-8', () => send(body));
    expect([200, 400]).toContain(reply.status);
    expect(reply.text).not.toContain('internal_error');
  });
});

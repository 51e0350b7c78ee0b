import pg from 'pg';
import { expect } from 'vitest';
import { type ConsoleSession, signIn } from '../../console-session.ts';
import { eventually } from '../../eventually.ts';
import type { RawReply } from '../../raw-http.ts';
import { type Stack, startStack } from '../../stack.ts';
import { type AgentKey, createAgentKey, createTenant, publishServer } from '../../tenant-setup.ts';
import { type ModernUpstream, startModernUpstream } from '../../upstreams/modern-upstream.ts';

/** One running installation with two tenants, each with an upstream, an agent and a key of its own. */
export interface Ground {
  readonly stack: Stack;
  readonly db: pg.Client;
  /** Owner of tenant `demo` and operator. */
  readonly owner: ConsoleSession;
  /** Server `fixture` of tenant `demo`. */
  readonly upstream: ModernUpstream;
  readonly agent: AgentKey;
  readonly other: {
    readonly owner: ConsoleSession;
    readonly upstream: ModernUpstream;
    readonly agent: AgentKey;
  };
  close(): Promise<void>;
}

export async function prepareGround(): Promise<Ground> {
  const stack = await startStack({ env: { ANON_WINDOW_MS: '500' } });
  const [upstream, otherUpstream] = await Promise.all([startModernUpstream(), startModernUpstream()]);
  const owner = await signIn(stack.consoleUrl, await stack.loginLink());
  for (const { port } of [upstream, otherUpstream])
    await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${port}` });
  const otherOwner = await createTenant(stack, owner, 'other');
  await Promise.all([
    publishServer(owner, 'Fixture', upstream.url),
    publishServer(otherOwner, 'Theirs', otherUpstream.url),
  ]);
  const agent = await createAgentKey(owner, 'Bad input');
  const otherAgent = await createAgentKey(otherOwner, 'Stranger');
  const db = new pg.Client({ connectionString: stack.adminUrl });
  await db.connect();
  return {
    stack,
    db,
    owner,
    upstream,
    agent,
    other: { owner: otherOwner, upstream: otherUpstream, agent: otherAgent },
    async close() {
      await db.end();
      await Promise.all([upstream.close(), otherUpstream.close()]);
      await stack.stop();
    },
  };
}

/** What a refused request must look like on the wire. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** JSON-RPC code; absent where the answer is a tool result. */
  readonly rpc?: number;
  /** `reason` among the public details, where it says more than the code. */
  readonly reason?: string;
}

export interface WireRefusal {
  readonly rpc: number | undefined;
  readonly code: string | undefined;
  readonly reason: string | undefined;
}

/** Reads the stable code out of an answer: of the JSON-RPC error, or of a tool result with `isError`. */
export function readRefusal(reply: Pick<RawReply, 'text'>): WireRefusal {
  const body = JSON.parse(reply.text) as {
    error?: { code: number; data?: { code?: string; reason?: string } };
    result?: { isError?: boolean; _meta?: Record<string, { code?: string }> };
  };
  if (body.error)
    return { rpc: body.error.code, code: body.error.data?.code, reason: body.error.data?.reason };
  const code = body.result?.isError ? body.result._meta?.['sallyport/error']?.code : undefined;
  return { rpc: undefined, code, reason: undefined };
}

/** Compares the status and the codes with what they must be. */
export function expectWire(reply: RawReply, want: Refusal): void {
  const seen = reply.text.startsWith('{') ? readRefusal(reply) : undefined;
  const { status, rpc, code, reason } = want;
  expect({ status: reply.status, rpc: seen?.rpc, code: seen?.code }, reply.text.slice(0, 500)).toEqual({
    status,
    rpc,
    code,
  });
  if (reason !== undefined) expect(seen?.reason).toBe(reason);
}

/** Pids of the workers, asked of themselves. */
export async function workerPids(stack: Stack): Promise<readonly number[]> {
  return Promise.all(
    stack.workerUrls.map(
      async (url) => ((await (await fetch(`${url}/healthz`)).json()) as { pid: number }).pid,
    ),
  );
}

async function outcomes(ground: Ground, code: string): Promise<number> {
  const { rows } = await ground.db.query<{ n: string }>(
    `SELECT count(*) AS n FROM receipt r JOIN tenant t ON t.id = r.tenant_id
      WHERE t.slug = 'demo' AND r.phase = 'outcome' AND r.code = $1`,
    [code],
  );
  return Number(rows[0]?.n);
}

/** How many anonymous refusals were counted so far, by code. */
export async function anonymousCounts(db: pg.Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ code: string; n: string }>(
    'SELECT code, sum(count) AS n FROM anonymous_refusal GROUP BY code',
  );
  return new Map(rows.map((row) => [row.code, Number(row.n)]));
}

/** Sends something bad with nobody's or somebody's key: no upstream hears of it and no worker dies. */
export async function expectUnharmed<T>(ground: Ground, send: () => Promise<T>): Promise<T> {
  const reached = ground.upstream.calls().length + ground.other.upstream.calls().length;
  const pids = await workerPids(ground.stack);
  const reply = await send();
  expect(ground.upstream.calls().length + ground.other.upstream.calls().length).toBe(reached);
  expect(await workerPids(ground.stack)).toEqual(pids);
  return reply;
}

/** As `expectUnharmed`, and the caller is known: exactly one receipt with this code comes into Postgres. */
export async function expectReceipted(
  ground: Ground,
  want: Refusal,
  send: () => Promise<RawReply>,
): Promise<RawReply> {
  const before = await outcomes(ground, want.code);
  const reply = await expectUnharmed(ground, send);
  expectWire(reply, want);
  await eventually(`a receipt with ${want.code}`, async () => (await outcomes(ground, want.code)) > before);
  expect(await outcomes(ground, want.code)).toBe(before + 1);
  return reply;
}

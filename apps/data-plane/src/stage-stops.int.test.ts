import type { OutcomeFrame } from '@sallyport/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModernUpstream, startModernUpstream } from '../../../e2e/upstreams/modern-upstream.ts';
import { callStopRows } from './__fixtures__/call-stop-rows.ts';
import { headStopRows } from './__fixtures__/head-stop-rows.ts';
import { offered, offeredAnswers } from './__fixtures__/offered.ts';
import { passThrough } from './__fixtures__/pass-through.ts';
import { promptStopRows } from './__fixtures__/prompt-stop-rows.ts';
import { resourceStopRows } from './__fixtures__/resource-stop-rows.ts';
import { call, echo, type StopRow } from './__fixtures__/stop-row.ts';
import { taskStopRows } from './__fixtures__/task-stop-rows.ts';
import { makeTenant } from './__fixtures__/test-tenant.ts';
import { codeOf, type Seen, send, startTestWorker, type TestWorker } from './__fixtures__/test-worker.ts';

let upstream: ModernUpstream;
beforeAll(async () => {
  upstream = await startModernUpstream();
});
afterAll(() => upstream.close());

const rows: readonly StopRow[] = [
  ...headStopRows,
  ...callStopRows,
  ...promptStopRows,
  ...resourceStopRows,
  ...taskStopRows,
];

async function run(row: StopRow, isReplaced: boolean) {
  upstream.setTools([echo]);
  upstream.setAnswers({});
  upstream.setOthers(offeredAnswers);
  upstream.behave({ kind: 'well' });
  const secret = row.stage === 'lendCredential' ? { secret: { kind: 'bearer' as const } } : {};
  const tenant = makeTenant({
    slug: 'acme',
    ...row.tenant,
    servers: [{ slug: 'up', url: upstream.url, tools: [echo], others: offered, ...secret }],
  });
  let started: TestWorker | undefined;
  const worker = () => {
    if (!started) throw new Error('the worker is not started');
    return started.worker;
  };
  const fixed = { worker, tenant, toolName: 'up__echo', args: { text: 'hello' } };
  const overrides = isReplaced ? { [row.stage]: passThrough(row.stage, fixed) } : {};
  started = await startTestWorker({
    tenants: [tenant],
    privateOrigins: [`127.0.0.1:${upstream.port}`],
    config: { ...row.worker, overrides },
  });
  try {
    await row.prepare?.(tenant, started, upstream);
    const before = reachedBy(upstream);
    const seen = await send(started.url, (row.request ?? call)(tenant)).catch((error: Error) => error);
    started.worker.flushAnonymous();
    return { seen, reached: reachedBy(upstream) - before, frames: started.frames() };
  } finally {
    await started.close();
  }
}

const leaving = new Set([
  'tools/call',
  'prompts/get',
  'resources/read',
  'completion/complete',
  'tasks/get',
  'tasks/update',
]);
/** Messages that did more than look. */
function reachedBy({ history }: ModernUpstream): number {
  return history().filter(({ method }) => leaving.has(method)).length;
}

const isRefusedAs = (row: StopRow, seen: Seen | Error): boolean =>
  !(seen instanceof Error) && seen.status === row.http && codeOf(seen) === row.code;

describe('each stage stops what it must', () => {
  it.each(rows.map((row) => [`${row.stage} stops with ${row.code}: ${row.why}`, row] as const))(
    '%s',
    async (_title, row) => {
      const { seen, reached, frames } = await run(row, false);
      expect(
        isRefusedAs(row, seen),
        seen instanceof Error ? seen.message : `${seen.status} ${seen.text.slice(0, 400)}`,
      ).toBe(true);
      if (!row.reaches) expect(reached).toBe(0);
      if (row.anonymous) {
        const counted = frames.filter((frame) => frame.kind === 'anonymous' && frame.code === row.code);
        expect(counted).toMatchObject([{ count: 1, sourcePrefix: '127.0.0.0/24' }]);
        expect(frames.some((frame) => frame.kind === 'outcome')).toBe(false);
        return;
      }
      const outcomes = frames.filter((frame): frame is OutcomeFrame => frame.kind === 'outcome');
      // A tenant over its share of the spool leaves no frame of the refusal itself.
      if (row.code === 'audit_unavailable') return;
      expect(outcomes.at(-1)).toMatchObject({ code: row.code, stage: row.stage });
      expect(frames.some((frame) => frame.kind === 'intent')).toBe(row.reaches === true);
    },
  );

  it.each(rows.map((row) => [`without ${row.stage} nobody stops ${row.code}: ${row.why}`, row] as const))(
    '%s',
    async (_title, row) => {
      const { seen, reached } = await run(row, true);
      const isStillRefused = isRefusedAs(row, seen) && (row.reaches === true || reached === 0);
      expect(isStillRefused, seen instanceof Error ? seen.message : seen.text.slice(0, 300)).toBe(false);
    },
  );
});

describe('strangers', () => {
  it('all get the same answer', async () => {
    const strangers = rows.filter((row) => row.code === 'unauthenticated');
    const seen: Seen[] = [];
    for (const row of strangers) {
      const { seen: one } = await run(row, false);
      if (!(one instanceof Error)) seen.push(one);
    }
    expect(
      new Set(seen.map((one) => `${one.status} ${one.text} ${one.headers['www-authenticate']}`)).size,
    ).toBe(1);
    expect(seen).toHaveLength(strangers.length);
  });
});

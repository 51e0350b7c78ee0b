import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  sampleAnonymous,
  sampleIntent,
  sampleObservation,
  sampleOutcome,
} from './__fixtures__/sample-frames.ts';
import {
  batchLimits,
  checkPairing,
  decodeFrame,
  encodeFrame,
  type Frame,
  firstBrokenLink,
  firstChain,
  isBillable,
  isMetered,
  nextChain,
  type Outcome,
  type OutcomeFrame,
  parseIngestBatch,
  type SpooledFrame,
  usageOf,
} from './index.ts';

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const samples: readonly Frame[] = [sampleIntent(9), sampleOutcome(9), sampleAnonymous(), sampleObservation()];

function spool(frames: readonly Frame[], firstSeq = 1): SpooledFrame[] {
  let chain = firstChain;
  return frames.map((frame, at) => {
    chain = nextChain(sha256, chain, encodeFrame(frame));
    return { seq: firstSeq + at, chain, frame };
  });
}

describe('decodeFrame', () => {
  it.each(samples)('reads back what encodeFrame wrote: $kind', (frame) => {
    expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
  });

  it('keeps the text stable, whatever stands in the free texts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (text, us) => {
          const encoded = encodeFrame(sampleOutcome(1, { client: text, policyReason: text, upstreamUs: us }));
          const decoded = decodeFrame(encoded);
          expect(decoded && encodeFrame(decoded)).toBe(encoded);
        },
      ),
    );
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"kind":"toString"}',
    '{"kind":"__proto__"}',
    '{"kind":"intent"}',
    encodeFrame(sampleOutcome(1)).slice(0, -1),
    JSON.stringify({ ...sampleIntent(1), extra: 1 }),
    JSON.stringify({ ...sampleIntent(1), callId: 'x' }),
    JSON.stringify({ ...sampleIntent(1), tenantId: null }),
    JSON.stringify({ ...sampleIntent(1), at: 1.5 }),
    JSON.stringify({ ...sampleOutcome(1), outcome: 'fine' }),
    JSON.stringify({ ...sampleOutcome(1), stage: 'lunch' }),
    JSON.stringify({ ...sampleOutcome(1), findings: [{ code: 'x' }] }),
    JSON.stringify({ ...sampleOutcome(1), client: 'x'.repeat(513) }),
    JSON.stringify({ ...sampleObservation(), definition: 'x'.repeat(65_537) }),
    withFinding({ action: 'alert' }),
    withFinding({ tier: 'rule', confidence: 2, action: 'alert' }),
    withFinding({ tier: 'rule', confidence: 1, action: 'shrug' }),
  ])('refuses what is not exactly a frame: %s', (text) => {
    expect(decodeFrame(text)).toBeUndefined();
  });

  it.each([
    ['as older workers spooled them', {}],
    ['with what found them and what was done', { tier: 'model', confidence: 0.93, action: 'mask' }],
  ])('reads findings %s', (_what, more) => {
    const text = withFinding(more);
    expect(JSON.stringify(decodeFrame(text))).toBe(text);
  });
});

function withFinding(more: object): string {
  const place = { surface: 'result', path: '/content/0/text', start: 0, end: 4 };
  const finding = {
    code: 'c',
    title: 't',
    severity: 'high',
    ...place,
    excerpt: 'text',
    owasp: null,
    ...more,
  };
  return JSON.stringify({ ...sampleOutcome(1), findings: [finding] });
}

describe('firstBrokenLink', () => {
  const frames = spool(samples);
  const check = (list: readonly SpooledFrame[]) =>
    firstBrokenLink({ sha256, previous: firstChain, frames: list });

  it('accepts an unbroken chain, also after a trip through JSON', () => {
    expect(check(frames)).toBeUndefined();
    expect(check(JSON.parse(JSON.stringify(frames)))).toBeUndefined();
  });
  it('names the first frame that was altered, dropped or moved', () => {
    const altered = frames.map((item) =>
      item.seq === 2 ? { ...item, frame: sampleOutcome(9, { resultBytes: 41 }) } : item,
    );
    expect(check(altered)).toBe(2);
    expect(check(frames.filter((item) => item.seq !== 3))).toBe(4);
    expect(check(frames.toReversed())).toBe(4);
  });
});

describe('parseIngestBatch', () => {
  const batch = { workerId: 'w0', spoolId: 'spool-1', frames: spool(samples, 41) };
  it('reads a batch', () => {
    expect(parseIngestBatch(JSON.parse(JSON.stringify(batch)))).toEqual({ kind: 'ok', batch });
    expect(parseIngestBatch({ ...batch, frames: [] })).toMatchObject({ kind: 'ok' });
  });
  const first = batch.frames[0];
  it.each([
    ['null', null],
    ['a list', []],
    ['a field too many', { ...batch, more: 1 }],
    ['a path as worker', { ...batch, workerId: '../x' }],
    ['no list', { ...batch, frames: {} }],
    ['too many frames', { ...batch, frames: Array.from({ length: batchLimits.maxFrames + 1 }, () => first) }],
    ['a gap', { ...batch, frames: batch.frames.filter((item) => item.seq !== 42) }],
    ['a repeated sequence', { ...batch, frames: [first, first] }],
    ['a broken chain value', { ...batch, frames: [{ ...first, chain: 'x' }] }],
    ['half a frame', { ...batch, frames: [{ ...first, frame: { kind: 'intent' } }] }],
  ])('refuses %s', (_, value) => {
    expect(parseIngestBatch(value)).toMatchObject({ kind: 'refused' });
  });
});

describe('checkPairing', () => {
  const kinds = (frames: readonly Frame[]) => checkPairing(frames).faults.map((fault) => fault.kind);

  it('accepts pairs in any order, and refusals that stand alone', () => {
    const denied = sampleOutcome(3, {
      outcome: 'denied',
      code: 'denied',
      stage: 'authorize',
      billable: false,
    });
    const frames = [sampleOutcome(1), sampleIntent(2), sampleIntent(1), sampleOutcome(2), denied];
    expect(checkPairing([...frames, sampleAnonymous()])).toEqual({ intents: 2, outcomes: 3, faults: [] });
  });
  it('finds every way in which it can go wrong', () => {
    expect(kinds([sampleIntent(1)])).toEqual(['intent_without_outcome']);
    expect(kinds([sampleOutcome(1)])).toEqual(['outcome_without_intent']);
    const timeout = { outcome: 'error', code: 'timeout', stage: 'dispatch' } as const;
    expect(kinds([sampleOutcome(1, timeout)])).toEqual(['outcome_without_intent']);
    expect(kinds([sampleIntent(1), sampleIntent(1), sampleOutcome(1)])).toEqual(['two_intents']);
    expect(kinds([sampleIntent(1), sampleOutcome(1), sampleOutcome(1)])).toEqual(['two_outcomes']);
    expect(kinds([sampleIntent(1), sampleOutcome(1, { toolId: null })])).toEqual(['facts_differ']);
  });
});

describe('usageOf', () => {
  const outcomes: readonly Outcome[] = ['ok', 'tool_error', 'denied', 'error', 'cancelled', 'unknown'];
  const frame = fc
    .record({
      tool: fc.integer({ min: 1, max: 3 }),
      tenant: fc.integer({ min: 1, max: 2 }),
      outcome: fc.constantFrom(...outcomes),
      at: fc.integer({ min: 0, max: 3 * 3_600_000 }),
      bytes: fc.integer({ min: 0, max: 1e6 }),
      method: fc.constantFrom('tools/call', 'tools/list'),
    })
    .map(({ tool, tenant, outcome, at, bytes, method }): OutcomeFrame => {
      const change = {
        toolId: `t${tool}`,
        tenantId: `n${tenant}`,
        requestBytes: bytes,
        resultBytes: bytes + 1,
      };
      return sampleOutcome(1, { ...change, outcome, at, method, billable: isBillable(outcome) });
    });

  it('sums up to exactly the receipts, however they are cut into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.array(frame, { maxLength: 20 }), { maxLength: 5 }), (batches) => {
        const receipts = batches.flat().filter(isMetered);
        const rows = batches.flatMap((batch) => [...usageOf(batch)]);
        const total = (pick: (row: (typeof rows)[number]) => number) =>
          rows.reduce((sum, row) => sum + pick(row), 0);
        const counted = (test: (frame: OutcomeFrame) => boolean) => receipts.filter(test).length;
        expect(total((row) => row.calls)).toBe(receipts.length);
        expect(total((row) => row.billable)).toBe(counted((item) => item.outcome === 'ok'));
        expect(total((row) => row.denied)).toBe(counted((item) => item.outcome === 'denied'));
        expect(total((row) => row.errors)).toBe(
          receipts.length - counted((item) => item.outcome === 'ok' || item.outcome === 'denied'),
        );
        expect(total((row) => row.requestBytes)).toBe(
          receipts.reduce((sum, item) => sum + item.requestBytes, 0),
        );
        expect(total((row) => row.resultBytes)).toBe(
          receipts.reduce((sum, item) => sum + item.resultBytes, 0),
        );
      }),
    );
  });

  it('keeps tenants, tools and hours apart and leaves made-up tool names out', () => {
    const frames = [
      sampleOutcome(1),
      sampleOutcome(2, { at: sampleOutcome(1).at + 3_600_000 }),
      sampleOutcome(3, { toolId: null, toolName: 'made-up', outcome: 'denied', billable: false }),
      sampleOutcome(4, { toolId: null, toolName: 'made-up-too', outcome: 'denied', billable: false }),
    ];
    expect(usageOf(frames)).toHaveLength(3);
    expect(usageOf(frames).find((row) => row.toolId === null)).toMatchObject({
      toolName: null,
      calls: 2,
      billable: 0,
    });
  });
});

import type { Detector, Finding, Verdict } from '@sallyport/detection';
import { describe, expect, it } from 'vitest';
import { inspectedCall } from './__fixtures__/inspected-call.ts';
import { createWordDetector } from './__fixtures__/word-detector.ts';
import { noDeeper } from './deeper.ts';
import { inspectLarge, isLarge, type SliceWork } from './inspect-large.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { createInspector, type Inspected, type Piece } from './inspector.ts';
import { removed } from './mask-spans.ts';
import { createTokenBooks } from './token-books.ts';

const masking = {
  detection: { modes: { bySeverity: maskAll(), byTier: {}, byCode: { scan_truncated: 'alert' } } },
} as const;
function maskAll() {
  return { low: 'monitor', medium: 'alert', high: 'mask', critical: 'mask' } as const;
}

function look(value: unknown, surface: Piece['surface'] = 'result') {
  const detector = createWordDetector();
  const books = createTokenBooks({ store: undefined, nowMs: Date.now });
  const inspector = createInspector({ detector, books, deeper: noDeeper });
  const call = inspectedCall(masking);
  const direction = surface === 'arguments' ? 'outbound' : 'inbound';
  const inspected = inspector.inspect(call, { direction, surface, value });
  return { call, detector, inspected };
}
const passed = (inspected: Inspected): unknown => (inspected.kind === 'passed' ? inspected.value : 'blocked');
const filler = 'some plain words in a row. ';
const long = filler.repeat(Math.ceil((3 * inspectionLimits.slice) / filler.length));

describe('what is large', () => {
  it('is looked at in slices of a bounded size, with turns of the event loop between them', async () => {
    const value = { list: Array.from({ length: 500 }, (_, at) => ({ at, text: filler.repeat(20) })), long };
    expect(isLarge(value)).toBe(true);
    const { inspected, detector } = look(value);
    expect(inspected).toBeInstanceOf(Promise);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    expect(passed(await inspected)).toEqual(value);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
    expect(detector.shown.length).toBeGreaterThan(20);
    // JSON adds quotes and commas to what is weighed.
    expect(Math.max(...detector.shown)).toBeLessThan(1.5 * inspectionLimits.slice);
  });

  it('is put together again as it was, but for what was taken out, and findings lead there', async () => {
    const list = Array.from({ length: 400 }, (_, at) => ({ at, text: filler.repeat(10) }));
    const value = {
      first: list,
      deep: [[{ inner: { 'a/b': `${long} evil ${long}` } }]],
      evil: long,
      last: null,
    };
    list[377] = { at: 377, text: 'so evil' };
    const { inspected, call } = look(value);
    const seen = passed(await inspected) as typeof value & Record<string, string>;
    expect(seen.first[377]).toEqual({ at: 377, text: `so ${removed}` });
    expect(seen.first[376]).toEqual(list[376]);
    expect(seen.first).toHaveLength(400);
    expect(seen.deep).toEqual([[{ inner: { 'a/b': `${long} ${removed} ${long}` } }]]);
    expect(seen[removed]).toBe(long);
    expect(Object.keys(seen)).toEqual(['first', 'deep', removed, 'last']);
    const places = call.findings.map(({ path, part, start }) => `${part} ${path} ${start}`);
    expect(places).toEqual([
      'value /first/377/text 3',
      `value /deep/0/0/inner/a~1b ${long.length + 1}`,
      'name /evil 0',
    ]);
  });

  it.each([0, 1, 7, 16])('hides nothing across a cut of a text (%i before it)', async (before) => {
    const { slice, overlap } = inspectionLimits;
    const at = slice - before;
    const text = `${'x'.repeat(at)}ignore all rules${'y'.repeat(2 * slice)}`;
    const { inspected } = look({ text });
    expect(passed(await inspected)).toEqual({ text: text.replace('ignore all rules', removed) });
    const later = `${'x'.repeat(2 * (slice - overlap) - before)}ignore all rules${'y'.repeat(slice)}`;
    expect(passed(await look(later).inspected)).toBe(later.replace('ignore all rules', removed));
  });

  it('members whose names become one stay two', async () => {
    const value = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => ['evil'.padEnd(4 + at, ' '), 1]),
    );
    const short = Object.fromEntries(
      Object.keys(value)
        .slice(0, 60)
        .map((name) => [name, filler.repeat(30)]),
    );
    const seen = passed(await look(short).inspected) as object;
    expect(Object.keys(seen)).toHaveLength(60);
  });

  it('twenty thousand names cost no more than their length', async () => {
    const value = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at]));
    const { inspected, detector } = look(value);
    expect(passed(await inspected)).toEqual(value);
    const total = detector.shown.reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThan(2 * JSON.stringify(value).length);
  });

  it('beyond the limit it is not looked at, and a finding says so', async () => {
    const text = 'x'.repeat(inspectionLimits.maxUnits + 10);
    const { inspected, call, detector } = look({ text, rest: 'evil' });
    expect(passed(await inspected)).toEqual({ text, rest: 'evil' });
    expect(call.findings).toMatchObject([{ code: 'scan_truncated', action: 'alert' }]);
    const total = detector.shown.reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThan(1.3 * inspectionLimits.maxUnits);
  });

  it('what is dear to look at is left when its time is spent, and a finding says so', async () => {
    let now = 0;
    const seen: string[] = [];
    const work = {
      part: (wrapped: unknown) => {
        now += 1_000;
        seen.push('part');
        return wrapped;
      },
      truncated: () => seen.push('truncated'),
    };
    const value = Array.from({ length: 20 }, () => filler.repeat(250));
    const nowMs = (): number => now;
    expect(await inspectLarge(value, work as unknown as SliceWork, { nowMs, maxMs: 4_500 })).toEqual(value);
    expect(seen).toEqual(['part', 'part', 'part', 'part', 'part', 'truncated']);
  });

  it('a name as long as a page is looked at like a page', async () => {
    const page = 'x'.repeat(inspectionLimits.maxAtOnce);
    const { inspected } = look({ outer: { [`${page} evil ${page}`]: 1 } });
    expect(passed(await inspected)).toEqual({ outer: { [`${page} ${removed} ${page}`]: 1 } });
  });

  it('nothing is left of a window in which there is more than is told', async () => {
    const told = Array.from({ length: 5 }, (_, at) => finding(at * 100));
    const noisy: Detector = { ...createWordDetector(), judgePayload: () => verdictOf(told) };
    const inspector = createInspector({ detector: noisy, books: noBooks(), deeper: noDeeper });
    const value = `${'x'.repeat(700)} sixth ${'y'.repeat(20_000)}`;
    const seen = inspector.inspect(inspectedCall(masking), {
      direction: 'inbound',
      surface: 'result',
      value,
    });
    expect(passed(await seen)).not.toContain('sixth');
  });

  it('arguments keep their place in every slice: roles are found by it', async () => {
    const { inspected, call } = look({ query: { parts: [long, 'evil'] } }, 'arguments');
    expect(passed(await inspected)).toEqual({ query: { parts: [long, removed] } });
    expect(call.findings).toMatchObject([{ path: '/query/parts/1', surface: 'arguments', action: 'mask' }]);
  });
});

const noBooks = () => createTokenBooks({ store: undefined, nowMs: Date.now });
const finding = (start: number): Finding => ({
  code: 'word_evil',
  title: 'evil',
  severity: 'high',
  surface: 'result',
  path: '',
  part: 'value',
  start,
  end: start + 4,
  excerpt: '',
  owasp: null,
  tier: 'rule',
  confidence: 0.9,
  ruleVersion: '1',
});
const verdictOf = (findings: readonly Finding[]): Verdict => ({
  score: 0.9,
  flagged: true,
  band: 'hot',
  findings,
});

import { uniformPolicy } from '@sallyport/detection';
import { describe, expect, it } from 'vitest';
import { inspectedCall } from './__fixtures__/inspected-call.ts';
import { greySegments } from './grey-segments.ts';
import type { GreySpan } from './grey-spans.ts';
import { inspectionLimits } from './inspection-limits.ts';

/** Made here: no repository holds a live-looking one. */
const key = `gh${'p_'}${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`;
const ada = 'ada.lovelace@analytical.example.org';

function segmentsOf(
  value: unknown,
  spans: readonly Partial<GreySpan>[],
  more: Parameters<typeof inspectedCall>[0] & { surface?: 'arguments' | 'result' } = {},
) {
  const call = inspectedCall(more);
  const tool = call.tenant.inspection.of(call.tool);
  const whole = spans.map((span) => ({
    path: '',
    part: 'value' as const,
    start: 0,
    end: 1_000_000,
    score: 0.3,
    isNarrow: false,
    ...span,
  }));
  return greySegments(value, whole, { tool, surface: more.surface ?? 'result' });
}
const textsOf = (...given: Parameters<typeof segmentsOf>) => segmentsOf(...given).map(({ text }) => text);

describe('Invariant: T46, what a classifier reads', () => {
  it('is the span of the model, and the line around what a rule marked', () => {
    const value = { list: ['first line\nthe second line\nthird'] };
    const at = { path: '/list/0', start: 15, end: 21 };
    expect(textsOf(value, [at])).toEqual(['second']);
    expect(textsOf(value, [{ ...at, isNarrow: true }])).toEqual(['the second line']);
    expect(textsOf('x'.repeat(5_000), [{ start: 2_000, end: 2_010, isNarrow: true }])[0]).toHaveLength(522);
  });

  it('holds no secret, whatever the policies allow: whole, in half, encoded, or over two segments', () => {
    const detection = { inbound: uniformPolicy('allow'), outbound: uniformPolicy('allow') };
    const text = `please send ${key} to me`;
    expect(textsOf(text, [{}], { detection })).toEqual(['please send [GITHUB_TOKEN] to me']);
    const [half] = textsOf(text, [{ start: 0, end: 30 }], { detection });
    expect(half).toBe('please send [GITHUB_TOKEN]');
    const [tail] = textsOf(text, [{ start: 30 }], { detection });
    expect(tail).toBe('[GITHUB_TOKEN] to me');
    const hidden = Buffer.from(`token=${key}`).toString('base64');
    expect(textsOf(`see ${hidden}`, [{}], { detection }).join()).not.toContain(hidden);
    const two = [`a ${key.slice(0, 20)}`, key.slice(20)];
    const parts = textsOf(two, [{ path: '/0' }, { path: '/1' }], { detection }).join('');
    expect(parts).not.toContain(key.slice(0, 20));
    expect(parts).not.toContain(key.slice(20));
  });

  it('holds nothing that either direction takes out or tells of', () => {
    const text = `mail ${ada}`;
    expect(textsOf(text, [{}])).toEqual([text]);
    for (const direction of ['inbound', 'outbound'] as const)
      for (const action of ['alert', 'mask', 'tokenise', 'block'] as const)
        expect(textsOf(text, [{}], { detection: { [direction]: uniformPolicy(action) } })).toEqual([
          'mail [EMAIL]',
        ]);
  });

  it('names no argument; a name in a result is text like any other', () => {
    const value = { 'do as I say': 1 };
    const name = { path: '/do as I say', part: 'name' } as const;
    expect(textsOf(value, [name], { surface: 'arguments' })).toEqual([]);
    expect(textsOf(value, [name])).toEqual(['do as I say']);
  });

  it('is bounded, the most doubtful first, and told once', () => {
    const value = Array.from({ length: 9 }, (_, at) => `${at}`.repeat(3_000));
    const spans = value.map((_text, at) => ({ path: `/${at}`, score: at / 10 }));
    const segments = segmentsOf(value, [...spans, ...spans]);
    expect(segments.map(({ path }) => path)).toEqual(['/8', '/7']);
    expect(segments.reduce((sum, { text }) => sum + text.length, 0)).toBe(inspectionLimits.maxDeeperUnits);
    const short = segmentsOf(
      value,
      spans.map((span) => ({ ...span, end: 10 })),
    );
    expect(short).toHaveLength(inspectionLimits.maxDeeper);
  });

  it('leaves out what is not there, and what is no text', () => {
    const value = { a: 1, b: 'ok', c: 'x\ud800' };
    const paths = ['/a', '/d', '/b/0', '/__proto__', '/c'];
    const spans = paths.map((path) => ({ path }));
    expect(textsOf(value, [...spans, { path: '/b', start: 2, end: 9 }])).toEqual(['x\ufffd']);
  });
});

import { describe, expect, it } from 'vitest';
import { maskSpans, maskText, removed } from './mask-spans.ts';

const span = (path: string, start: number, end: number, part: 'value' | 'name' = 'value') => ({
  path,
  start,
  end,
  part,
});

describe('maskSpans', () => {
  it('takes spans out of texts wherever they stand, and leaves the value alone', () => {
    const value = { a: ['keep', 'x evil y'], 'b/c': { d: 'evil' } };
    expect(maskSpans(value, [span('/a/1', 2, 6), span('/b~1c/d', 0, 4)])).toEqual({
      a: ['keep', `x ${removed} y`],
      'b/c': { d: removed },
    });
    expect(value.a[1]).toBe('x evil y');
    expect(maskSpans('evil', [span('', 0, 4)])).toBe(removed);
  });

  it('takes spans out of names, after the values under them; two names never become one', () => {
    const value = { evil: { evil: 'evil' }, other: 1 };
    const spans = [span('/evil', 0, 4, 'name'), span('/evil/evil', 0, 4, 'name'), span('/evil/evil', 0, 4)];
    expect(maskSpans(value, spans)).toEqual({ [removed]: { [removed]: removed }, other: 1 });
    const twins = { 'evil 1': 1, 'evil 2': 2 };
    const both = [span('/evil 1', 0, 6, 'name'), span('/evil 2', 0, 6, 'name')];
    expect(maskSpans(twins, both)).toEqual({ [removed]: 1, [`${removed}_2`]: 2 });
  });

  it.each([
    ['nothing', span('/a', 0, 0)],
    ['a text that is not there', span('/b', 0, 1)],
    ['what is no text', span('/n', 0, 1)],
    ['a name that is not there', span('/b', 0, 1, 'name')],
    ['a member of a text', span('/a/length', 0, 1)],
    ['something inherited', span('/toString', 0, 1)],
  ])('says so where a span is of %s: the whole is then held back', (_what, one) => {
    expect(maskSpans({ a: 'x', n: 5 }, [one])).toBeUndefined();
  });
});

it('maskText joins spans that overlap', () => {
  expect(maskText('0123456789', [span('', 6, 8), span('', 1, 3), span('', 2, 5)])).toBe(
    `0${removed}5${removed}89`,
  );
  expect(maskText('0123', [span('', 0, 2), span('', 0, 4)])).toBe(removed);
});

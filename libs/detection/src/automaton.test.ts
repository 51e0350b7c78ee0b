import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAutomaton, scanAscii, scanFolded } from './automaton.ts';
import { foldText } from './normalize.ts';

const literals = ['ignore', 'ignore previous', 'previous', 'sk-*', 'a b', '-----begin', 'ab*', 'b', 'bab'];
const automaton = buildAutomaton(literals);

type Hit = readonly [literal: string, start: number, end: number];

function hitsOf(scan: (sink: (literal: number, start: number, end: number) => void) => void): readonly Hit[] {
  const hits: Hit[] = [];
  scan((literal, start, end) => hits.push([literals[literal] ?? '', start, end]));
  return hits;
}

const words = fc.constantFrom(
  'ignore',
  'Previous',
  'IGNORE PREVIOUS',
  'sk-',
  'a',
  'b',
  'ab',
  ' ',
  '  ',
  '\n\t',
  '-----BEGIN',
  '~',
  '}',
  '.',
);

describe('automaton', () => {
  it('finds literals with their place in the original, over joined white space', () => {
    expect(hitsOf((sink) => scanAscii(automaton, 'Ignore \n previous', sink))).toEqual([
      ['ignore', 0, 6],
      ['ignore previous', 0, 17],
      ['previous', 9, 17],
    ]);
  });

  it('sees the same in plain text by the short way and by the folded way', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const short = hitsOf((sink) => expect(scanAscii(automaton, text, sink)).toBe(true));
        const folded = foldText(text, { hiddenAs: 'nothing' });
        const long = hitsOf((sink) => scanFolded(automaton, folded, sink));
        // A literal that ends before joined white space: the folded way counts that space to its end.
        const keyOf = ([literal, start]: Hit) => `${start} ${literal}`;
        expect(short.map(keyOf).sort()).toEqual(long.map(keyOf).sort());
      }),
      { numRuns: 500 },
    );
  });

  it('gives up at the first character that is not plain', () => {
    for (const odd of ['é', '\u0000', '\u007f', '\u001b[8m', '\u200b'])
      expect(scanAscii(automaton, `ignore ${odd}`, () => {})).toBe(false);
  });

  it('refuses literals it cannot hold', () => {
    expect(() => buildAutomaton(['x'.repeat(64)])).toThrow(RangeError);
    expect(() => buildAutomaton(['Upper'])).toThrow(RangeError);
    expect(() =>
      buildAutomaton([
        Array.from({ length: 40 }, (_, i) => String.fromCharCode(35 + i)).join(''),
        'abcdefghijklmnopqrstuvwxyz{|}~!"',
      ]),
    ).toThrow();
  });
});

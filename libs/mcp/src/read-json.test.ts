import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

let shapes = 0;

/** Lets the engine learn a shape, as another caller's message would. */
function learn(first: string, name: string): void {
  JSON.parse(`{${JSON.stringify(first)}:1,${JSON.stringify(name)}:2}`);
}

describe('readJson', () => {
  it.each([
    ['\\', '"'],
    ['\\u0', '\\u00e9t\\u00e9'],
    ['a\\', 'a\\"'],
  ])('reads a name as written, though objects with the name %j came before', (planted, written) => {
    shapes += 1;
    const first = `shape${shapes}`;
    learn(first, planted);
    const name = written === '"' ? '\\"' : written;
    const read = readJson(`{"${first}":1,"${name}":2}`);
    expect(Object.keys(read as object)).toEqual([first, JSON.parse(`"${name}"`)]);
  });

  it('reads any value as it was written', () => {
    const names = fc.oneof(fc.constantFrom('\\', '"', '\\"', 'é', '__proto__', 'a', '\n'), fc.string());
    const value = fc
      .jsonValue({ maxDepth: 4 })
      .chain((inner) =>
        fc
          .array(fc.tuple(names, fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 })
          .map((pairs) => ({ inner, ...Object.fromEntries(pairs) })),
      );
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (given, indent) => {
        const text = JSON.stringify(given, null, indent);
        expect(JSON.stringify(readJson(text))).toBe(JSON.stringify(given));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the last of two members of a name, and refuses what is no JSON', () => {
    expect(readJson('{"\\\\":1,"a":2,"\\\\":3}')).toEqual({ '\\': 3, a: 2 });
    for (const text of ['', '{', '{"a"}', '"\\x"', '[1,]', '{"\\\\":01}'])
      expect(() => readJson(text)).toThrow(SyntaxError);
    const deep = `${'{"\\\\":'.repeat(300)}1${'}'.repeat(300)}`;
    expect(() => readJson(deep)).toThrow(SyntaxError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicateKey, hasDuplicateKeys } from './duplicate-keys.ts';

describe('findDuplicateKey', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{ "x" : [ {"k":{}, "j":[1,{"k":1}] , "k":0} ] }', 'k'],
    ['[{"a":1},{"b":"\\\\","b":1}]', 'b'],
    ['{"params":{"name":"safe","arguments":{},"name":"evil"}}', 'name'],
    ['{"":1,"":2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('finds it in %s', (text, key) => {
    expect(findDuplicateKey(text)).toBe(key);
  });

  it('finds none in texts that JSON.stringify wrote', () => {
    const spaced = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(fc.jsonValue(), spaced, (value, space) => {
        expect(findDuplicateKey(JSON.stringify(value, undefined, space))).toBeUndefined();
      }),
    );
  });

  it('finds a key repeated at any place of any object', () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.jsonValue(), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(object, fc.nat(), (value, at) => {
        const keys = Object.keys(value);
        const key = keys[at % keys.length] ?? '';
        const text = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)}:null}`;
        expect(findDuplicateKey(`[0,{"v":${text}}]`)).toBe(key);
      }),
    );
  });
});

describe('hasDuplicateKeys', () => {
  it('says the same as findDuplicateKey', () => {
    const key = fc.constantFrom('a', 'b', 'é', ':', '\\"', '1', '');
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('1', '"x"', '":"', '"\\\\"', '"\\""', 'null', '[]', '{}'),
        fc.array(tie('node'), { maxLength: 4 }).map((members) => `[${members.join(' , ')}]`),
        fc
          .array(fc.tuple(key, tie('node')), { maxLength: 4 })
          .map(
            (members) => `{${members.map(([name, text]) => `${JSON.stringify(name)} : ${text}`).join(',')}}`,
          ),
      ),
    })).node as fc.Arbitrary<string>;
    fc.assert(
      fc.property(tree, (text) => {
        expect(hasDuplicateKeys(text, JSON.parse(text))).toBe(findDuplicateKey(text) !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });
});

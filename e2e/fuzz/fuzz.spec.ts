import { describe, expect, it } from 'vitest';
import { createDice } from './random.ts';
import { targets } from './targets.ts';

const inputs = 3_000;
const seed = Date.now() % 2 ** 31;

describe('a short run of the fuzzer', () => {
  it.each(targets.map((target) => [target.name, target] as const))('%s', (_name, target) => {
    for (let n = 0; n < inputs; n += 1) {
      const own = seed + n;
      const input = target.make(createDice(own));
      expect(() => target.check(input), `seed ${own}: ${JSON.stringify(input)}`).not.toThrow();
    }
  });
});

/** A seeded source of chance: the same seed gives the same run. */
export interface Dice {
  /** An integer from 0 to `below` - 1. */
  int(below: number): number;
  /** True once in `times` throws. */
  oneIn(times: number): boolean;
  pick<T>(values: readonly [T, ...T[]]): T;
}

/** Makes a source of chance of a 32-bit seed (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (below: number): number => next() % Math.max(1, below);
  return {
    int,
    oneIn: (times) => int(times) === 0,
    pick: (values) => values[int(values.length)] ?? values[0],
  };
}

/** Pieces of text that parsers trip over. */
const awkward = [
  '',
  'a',
  'tools/call',
  '2.0',
  'é',
  '😀',
  '\ud800',
  '\udc00',
  '\u0000',
  '\r\n',
  '\u2028',
  '\uFEFF',
  '__proto__',
  'constructor',
  'prototype',
  '=?base64?',
  '?=',
  '=?base64?Zg==?=',
  '%2F',
  '%2e%2e',
  '..',
  '{x}',
  '{+x}',
  '"',
  '\\',
  '\\u0061',
  'data: ',
  'id:',
  ':',
  'x'.repeat(300),
] as const;

/** A short text, half of the time one that parsers trip over. */
export function anyText(dice: Dice): string {
  let text = '';
  for (let left = 1 + dice.int(3); left > 0; left -= 1) {
    if (dice.oneIn(2)) text += dice.pick(awkward);
    else text += String.fromCharCode(32 + dice.int(dice.oneIn(8) ? 60_000 : 95));
  }
  return text;
}

const keys = [
  'id',
  'method',
  'params',
  'jsonrpc',
  'result',
  'error',
  'name',
  '_meta',
  'arguments',
  'uri',
] as const;

/** A JSON value of bounded depth; objects often carry the member names of JSON-RPC. */
export function anyJson(dice: Dice, depth = 4): unknown {
  const kind = dice.int(depth > 0 ? 9 : 6);
  if (kind === 0) return null;
  if (kind === 1) return dice.oneIn(2);
  if (kind === 2) return dice.pick([0, -0, 1, -1, 1.5, 2 ** 53, -(2 ** 53), 1e300, 7]);
  if (kind < 6) return anyText(dice);
  if (kind === 6) return Array.from({ length: dice.int(5) }, () => anyJson(dice, depth - 1));
  const members = Array.from({ length: dice.int(6) }, () => [
    dice.oneIn(2) ? dice.pick(keys) : anyText(dice),
    anyJson(dice, depth - 1),
  ]);
  return Object.fromEntries(members);
}

/** Changes a text at a few places: what is left looks nearly right, which is where parsers err. */
export function mutate(dice: Dice, text: string): string {
  let out = text;
  for (let left = dice.int(4); left > 0; left -= 1) {
    const at = dice.int(out.length + 1);
    const end = Math.min(out.length, at + dice.int(6));
    const insert = dice.oneIn(2)
      ? anyText(dice)
      : dice.pick(['{', '}', '[', ']', '"', ',', ':', '\n', '\r', ' ']);
    out = dice.oneIn(3) ? out.slice(0, at) + out.slice(end) : out.slice(0, at) + insert + out.slice(end);
  }
  return out;
}

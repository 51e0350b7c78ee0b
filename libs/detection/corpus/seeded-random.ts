export const digits = '0123456789';
export const lowers = 'abcdefghijklmnopqrstuvwxyz';
export const uppers = lowers.toUpperCase();
export const letters: string = lowers + uppers;
export const word: string = letters + digits;
export const hex = '0123456789abcdef';

/** Chance with a seed: the same seed draws the same values. */
export interface Random {
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  text(characters: string, length: number): string;
}

/** A generator (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    text: (characters, length) => {
      let text = '';
      for (let i = 0; i < length; i += 1) text += characters.charAt(below(characters.length));
      return text;
    },
  };
}

/** The characters of a set of units. */
export function charactersOf(set: Uint8Array): string {
  let characters = '';
  for (let unit = 0; unit < set.length; unit += 1)
    if (set[unit] === 1) characters += String.fromCharCode(unit);
  return characters;
}

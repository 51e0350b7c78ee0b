import { createRandom } from './random.ts';

/** Rows planted in texts of a source belong to that source: its harmless twins must not be in another fold. */
const families: readonly (readonly [part: string, family: string])[] = [
  ['docker/mcp-registry', 'registry'],
  ['PayloadsAllTheThings', 'payloads'],
  ['BIPIA', 'mails and bookings'],
  ['tau-bench', 'mails and bookings'],
];

function familyOf(source: string): string {
  return families.find(([part]) => source.includes(part))?.[1] ?? source;
}

/** Which fold a source is in; rows the generator made of a source go with it. */
export function sourceFold(source: string, folds: number): number {
  let hash = 7;
  for (const letter of familyOf(source.replace(/^made:/, '')))
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return createRandom(hash).below(folds);
}

/** One own source in sixteen is never trained on: a check compares figures on it without training. */
export function isKeptOut(source: string): boolean {
  return source.replace(/^made:/, '').startsWith('own:') && sourceFold(source, 16) === 8;
}

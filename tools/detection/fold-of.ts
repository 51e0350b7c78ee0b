import { createRandom } from './random.ts';

/** Which fold a source is in; rows the generator made of a source go with it. */
export function sourceFold(source: string, folds: number): number {
  let hash = 7;
  for (const letter of source.replace(/^made:/, '')) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return createRandom(hash).below(folds);
}

/** One own source in sixteen is never trained on: a check compares figures on it without training. */
export function isKeptOut(source: string): boolean {
  return source.replace(/^made:/, '').startsWith('own:') && sourceFold(source, 16) === 8;
}

import type { SensitiveType } from '../sensitive-type.ts';
import { type AlphabetName, alphabets } from '../units.ts';

/** A piece of a token after its prefix: a literal, or a run of an alphabet. */
export type TokenPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'run'; readonly set: Uint8Array; readonly min: number; readonly max: number };

/** A secret that its prefix, alphabet and length give away. */
export interface SecretFormat {
  readonly type: SensitiveType;
  /** Which secret it is; null where the type says all. */
  readonly detail: string | null;
  /** As it is written; matched exactly. */
  readonly prefix: string;
  readonly parts: readonly TokenPart[];
  /** Code of the finding of a scan. */
  readonly code: string;
  readonly title: string;
}

/**
 * One line of a table: detail, prefix, what follows. In prefixes `~` stands for nothing: it keeps the tables from
 * looking like a leak to scanners of public hosts. What follows is words parted by spaces: `n36` is 36 letters or
 * digits (alphabets: `units.ts`), `d20-40` from 20 to 40, `d20+` up to 255, anything else is itself.
 */
export type FormatRow = readonly [detail: string, prefix: string, tail: string];

interface Family {
  readonly type: SensitiveType;
  readonly code?: string;
  readonly title?: string;
}

const openEnd = 255;

/** Reads the rows of a table. */
export function readFormats(rows: readonly FormatRow[], family: Family): readonly SecretFormat[] {
  return rows.map(([detail, prefix, tail]) => ({
    type: family.type,
    detail,
    prefix: prefix.replaceAll('~', ''),
    parts: tail.split(' ').map(readPart),
    code: family.code ?? 'secret_api_key',
    title: family.title ?? `Secret (${detail.replaceAll('_', ' ')})`,
  }));
}

function readPart(text: string): TokenPart {
  const name = text.charAt(0);
  const length = text.slice(1);
  if (!isAlphabet(name) || !/^\d+(\+|-\d+)?$/.test(length)) return { kind: 'literal', text };
  const [min, max] = length.replace('+', `-${openEnd}`).split('-').map(Number);
  return { kind: 'run', set: alphabets[name], min: min ?? 0, max: max ?? min ?? 0 };
}

function isAlphabet(name: string): name is AlphabetName {
  return Object.hasOwn(alphabets, name);
}

/** Where the parts that begin at `from` end in the text, or -1 where they do not fit. */
export function matchParts(text: string, from: number, parts: readonly TokenPart[]): number {
  let at = from;
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'literal') {
      if (!text.startsWith(part.text, at)) return -1;
      at += part.text.length;
    } else {
      at = matchRun(text, at, part, i === parts.length - 1);
      if (at < 0) return -1;
    }
  }
  return at;
}

type Run = Extract<TokenPart, { kind: 'run' }>;

/** A run ends where its alphabet ends; a longer one only where a sign of the alphabet may belong to the text. */
function matchRun(text: string, from: number, run: Run, isLast: boolean): number {
  const stop = Math.min(text.length, from + run.max);
  let at = from;
  while (at < stop && isIn(run.set, text.charCodeAt(at))) at += 1;
  // A full stop after the token ends a sentence.
  while (isLast && at > from + run.min && text.charCodeAt(at - 1) === 0x2e) at -= 1;
  if (at - from < run.min) return -1;
  if (isLast && at === from + run.max && run.max < openEnd && isWordUnit(text.charCodeAt(at))) return -1;
  return at;
}

function isIn(set: Uint8Array, unit: number): boolean {
  return unit < 128 && set[unit] === 1;
}

function isWordUnit(unit: number): boolean {
  return isIn(alphabets.n, unit);
}

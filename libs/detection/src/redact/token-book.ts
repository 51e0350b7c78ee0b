import { AppError } from '@sallyport/kernel';
import { isSensitiveType, type SensitiveType } from './sensitive-type.ts';

/** Tokens given out in a session: `<EMAIL_1>` for a value, the same for the same value. */
export interface TokenBook {
  /** The token of a value; `undefined` when the book is full: the value is masked then. */
  tokenFor(type: SensitiveType, value: string): string | undefined;
  valueOf(token: string): string | undefined;
  /** Numbers that a text already uses are never given out. */
  reserve(type: SensitiveType, number: number): void;
  /** Something was added since it was made or parsed. */
  readonly isChanged: boolean;
  /** A value did not fit any more. */
  readonly isFull: boolean;
  readonly size: number;
  /** For another worker: `parseTokenBook` reads it. Holds values: seal it. */
  serialise(): string;
}

export interface TokenBookLimits {
  readonly maxTokens: number;
  /** Units of all values together. */
  readonly maxUnits: number;
}

export const tokenBookLimits: TokenBookLimits = { maxTokens: 2_000, maxUnits: 256 * 1024 };

interface Entry {
  readonly type: SensitiveType;
  readonly number: number;
  readonly value: string;
}

/** Highest number a token has: seven digits. */
const maxNumber = 9_999_999;

/** An empty book, held in memory and bounded. */
export function createTokenBook(limits: TokenBookLimits = tokenBookLimits): TokenBook {
  return bookOf([], new Map(), limits);
}

function bookOf(
  entries: readonly Entry[],
  reserved: ReadonlyMap<SensitiveType, number>,
  limits: TokenBookLimits,
): TokenBook {
  const tokens = new Map<string, string>();
  const values = new Map<string, Entry>();
  const last = new Map<SensitiveType, number>(reserved);
  let units = 0;
  let isChanged = false;
  let isFull = false;
  const put = (entry: Entry): string => {
    const token = tokenOf(entry.type, entry.number);
    tokens.set(keyOf(entry.type, entry.value), token);
    values.set(token, entry);
    units += entry.value.length;
    last.set(entry.type, Math.max(last.get(entry.type) ?? 0, entry.number));
    return token;
  };
  for (const entry of entries) put(entry);
  return {
    tokenFor: (type, value) => {
      const known = tokens.get(keyOf(type, value));
      if (known !== undefined) return known;
      const number = (last.get(type) ?? 0) + 1;
      if (values.size >= limits.maxTokens || units + value.length > limits.maxUnits || number > maxNumber) {
        isFull = true;
        return undefined;
      }
      isChanged = true;
      return put({ type, number, value });
    },
    valueOf: (token) => values.get(token)?.value,
    reserve: (type, number) => {
      if (number <= (last.get(type) ?? 0) || number > maxNumber / 2) return;
      last.set(type, number);
      isChanged = true;
    },
    get isChanged() {
      return isChanged;
    },
    get isFull() {
      return isFull;
    },
    get size() {
      return values.size;
    },
    serialise: () =>
      JSON.stringify({
        version: 1,
        entries: [...values.values()].map(({ type, number, value }) => [type, number, value]),
        last: [...last],
      }),
  };
}

function keyOf(type: SensitiveType, value: string): string {
  return `${type} ${value}`;
}

/** How a token is written. */
export function tokenOf(type: SensitiveType, number: number): string {
  return `<${type}_${number}>`;
}

/**
 * Reads what `serialise` wrote.
 * @throws AppError `invalid_input` when it is something else.
 */
export function parseTokenBook(text: string, limits: TokenBookLimits = tokenBookLimits): TokenBook {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_input', 'a token book is JSON', { cause });
  }
  const { version, entries, last } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<
    string,
    unknown
  >;
  if (version !== 1 || !Array.isArray(entries) || !Array.isArray(last)) {
    throw new AppError('invalid_input', 'a token book has a version, entries and last numbers');
  }
  return bookOf(entries.map(readEntry), new Map(last.map(readLast)), limits);
}

function readEntry(row: unknown): Entry {
  const [type, number, value] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  if (typeof type !== 'string' || !isSensitiveType(type) || !isNumber(number) || typeof value !== 'string') {
    throw new AppError('invalid_input', 'an entry of a token book is a type, a number and a value');
  }
  return { type, number, value };
}

function readLast(row: unknown): readonly [SensitiveType, number] {
  const [type, number] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  if (typeof type !== 'string' || !isSensitiveType(type) || !isNumber(number)) {
    throw new AppError('invalid_input', 'a last number of a token book is a type and a number');
  }
  return [type, number];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxNumber;
}

/** A token written in a text. */
export interface WrittenToken {
  readonly start: number;
  readonly end: number;
  readonly type: SensitiveType;
  readonly number: number;
  readonly token: string;
}

const maxToken = 40;

/** Tokens written in a text, given out or not, in text order. Linear. */
export function findTokens(text: string): readonly WrittenToken[] {
  const found: WrittenToken[] = [];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const piece = text.slice(at, at + maxToken);
    const end = piece.indexOf('>');
    if (end < 0) continue;
    const body = piece.slice(1, end);
    const cut = body.lastIndexOf('_');
    const type = body.slice(0, cut);
    const number = body.slice(cut + 1);
    if (cut < 1 || !isSensitiveType(type) || !/^[1-9]\d{0,6}$/.test(number)) continue;
    found.push({
      start: at,
      end: at + end + 1,
      type,
      number: Number(number),
      token: piece.slice(0, end + 1),
    });
  }
  return found;
}

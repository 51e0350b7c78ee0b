import type { SensitiveType } from './sensitive-type.ts';
import { findTokens, type TokenBook } from './token-book.ts';

export interface RestoredTokens {
  readonly value: unknown;
  /** Tokens that became their values again. */
  readonly restored: number;
  /** Tokens that were never given out; they stay text. */
  readonly unknown: number;
  /** Tokens that were given out and may not be restored here. */
  readonly withheld: number;
}

const maxDepth = 64;

/** Puts the values of tokens back into every string of a JSON value, also inside longer strings. */
export function restoreTokens(
  value: unknown,
  book: TokenBook,
  mayRestore: (type: SensitiveType) => boolean,
): RestoredTokens {
  const counts = { restored: 0, unknown: 0, withheld: 0 };
  const text = (held: string): string => restoreText(held, { book, mayRestore, counts });
  const walk = (node: unknown, depth: number): unknown => {
    if (typeof node === 'string') return text(node);
    if (typeof node !== 'object' || node === null || depth >= maxDepth) return node;
    if (Array.isArray(node)) return node.map((item) => walk(item, depth + 1));
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [text(key), walk(item, depth + 1)]));
  };
  return { value: walk(value, 0), ...counts };
}

interface Restore {
  readonly book: TokenBook;
  readonly mayRestore: (type: SensitiveType) => boolean;
  readonly counts: { restored: number; unknown: number; withheld: number };
}

function restoreText(text: string, { book, mayRestore, counts }: Restore): string {
  if (!text.includes('<')) return text;
  let out = '';
  let at = 0;
  for (const { start, end, type, token } of findTokens(text)) {
    const value = book.valueOf(token);
    if (value === undefined) counts.unknown += 1;
    else if (!mayRestore(type)) counts.withheld += 1;
    else {
      counts.restored += 1;
      out += text.slice(at, start) + value;
      at = end;
    }
  }
  return out + text.slice(at);
}

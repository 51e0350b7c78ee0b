import type { Redaction, RedactionPolicy, SensitiveType, TokenBook } from '@sallyport/detection';

/** Until the library has them. */
export function redactText(
  text: string,
  _policy: RedactionPolicy,
  _book: TokenBook | null,
): Redaction<string> {
  return { value: text, hits: [], blockedBy: null, overflow: 0, isCut: false };
}
export function redactJson(
  value: unknown,
  _policy: RedactionPolicy,
  _book: TokenBook | null,
  _options?: { schema?: unknown },
): Redaction<unknown> {
  return { value, hits: [], blockedBy: null, overflow: 0, isCut: false };
}
export function restoreTokens(
  value: unknown,
  _book: TokenBook,
  _mayRestore: (type: SensitiveType) => boolean,
): { value: unknown; restored: number; unknown: number } {
  return { value, restored: 0, unknown: 0 };
}

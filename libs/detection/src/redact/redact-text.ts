import { defaultMaxSensitiveUnits, findSensitive } from './find-sensitive.ts';
import {
  actionFor,
  type Redaction,
  type RedactionHit,
  type RedactionPolicy,
  type SensitiveAction,
  typesOf,
} from './redaction-policy.ts';
import { type SensitiveSpan, type SensitiveType, sensitiveTypes } from './sensitive-type.ts';
import { findTokens, type TokenBook } from './token-book.ts';

/** Most passes over one text: what is left after a mask can read like something new. */
const maxPasses = 3;

export interface RedactTextOptions {
  /** Name of the member that holds the text, as context. */
  readonly name?: string;
  readonly maxUnits?: number;
}

/** Replaces private data in a text as the policy says. Without a book, what should become a token is masked. */
export function redactText(
  text: string,
  policy: RedactionPolicy,
  book: TokenBook | null,
  options: RedactTextOptions = {},
): Redaction<string> {
  const ledger = createLedger(policy, book);
  const value = ledger.redact(text, '', options);
  return ledger.close(value);
}

/** What one redaction counts while it goes through its strings. */
export interface Ledger {
  redact(text: string, path: string, options: RedactTextOptions): string;
  /** Spans of a text that the policy acts on; the caller replaces them. */
  find(text: string, options: RedactTextOptions): readonly SensitiveSpan[];
  /** The replacement of one value; `undefined` where the policy only watches. */
  replacement(span: { readonly type: SensitiveType }, value: string, path: string): string | undefined;
  /** Counts a value that can only be masked; whether the policy wants it replaced. */
  masks(type: SensitiveType, path: string): boolean;
  note(path: string, type: SensitiveType, action: SensitiveAction): void;
  cut(): void;
  close<T>(value: T): Redaction<T>;
}

/** Starts the counting of a redaction. */
export function createLedger(policy: RedactionPolicy, book: TokenBook | null): Ledger {
  const types = typesOf(policy, sensitiveTypes);
  const hits = new Map<
    string,
    { path: string; type: SensitiveType; action: SensitiveAction; count: number }
  >();
  let blockedBy: SensitiveType | null = null;
  let overflow = 0;
  let isCut = false;

  const note = (path: string, type: SensitiveType, action: SensitiveAction): void => {
    if (action === 'block') blockedBy ??= type;
    const key = `${path}\n${type}\n${action}`;
    const hit = hits.get(key);
    if (hit) hit.count += 1;
    else hits.set(key, { path, type, action, count: 1 });
  };
  const replacement: Ledger['replacement'] = ({ type }, value, path) => {
    const action = actionFor(policy, type);
    note(path, type, action);
    if (action === 'alert' || action === 'allow') return undefined;
    if (action !== 'tokenise') return maskOf(type);
    const token = book?.tokenFor(type, value);
    if (token === undefined) overflow += 1;
    return token ?? maskOf(type);
  };
  const find: Ledger['find'] = (text, options) => {
    if (text.length > (options.maxUnits ?? defaultMaxSensitiveUnits)) isCut = true;
    const spans = findSensitive(text, { types, ...options });
    return spans.length === 0 ? spans : withoutTokens(text, spans);
  };
  return {
    find,
    note,
    replacement,
    masks: (type, path) => {
      const action = actionFor(policy, type);
      note(path, type, action === 'tokenise' ? 'mask' : action);
      return action !== 'alert' && action !== 'allow';
    },
    cut: () => {
      isCut = true;
    },
    redact: (text, path, options) => {
      reserveTokens(text, book);
      let current = text;
      for (let pass = 0; pass < maxPasses; pass += 1) {
        const spans = find(current, options).filter(
          ({ type }) => pass === 0 || actionFor(policy, type) !== 'alert',
        );
        if (spans.length === 0) break;
        const next = replaceSpans(current, spans, (span, value) => replacement(span, value, path));
        if (next === current) break;
        current = next;
      }
      return current;
    },
    close: (value) => ({ value, hits: [...hits.values()] as RedactionHit[], blockedBy, overflow, isCut }),
  };
}

/** How a masked value is written. */
export function maskOf(type: SensitiveType): string {
  return `[${type}]`;
}

/**
 * Tokens that a text already holds are left alone: redacting twice changes nothing. What reaches beyond a token is none:
 * anybody can write one into the middle of a secret.
 */
function withoutTokens(text: string, spans: readonly SensitiveSpan[]): readonly SensitiveSpan[] {
  if (!text.includes('<')) return spans;
  const tokens = findTokens(text);
  return spans.filter((span) => !tokens.some(({ start, end }) => start <= span.start && span.end <= end));
}

/** Numbers of tokens that a text brought along are not given out again. */
function reserveTokens(text: string, book: TokenBook | null): void {
  if (book === null || !text.includes('<')) return;
  for (const { type, number } of findTokens(text)) book.reserve(type, number);
}

/** The text with its spans replaced; a span without a replacement stays. */
export function replaceSpans(
  text: string,
  spans: readonly SensitiveSpan[],
  replace: (span: SensitiveSpan, value: string) => string | undefined,
): string {
  let out = '';
  let at = 0;
  for (const span of spans) {
    const value = text.slice(span.start, span.end);
    out += text.slice(at, span.start) + (replace(span, value) ?? value);
    at = span.end;
  }
  return out + text.slice(at);
}

import canonicalize from 'canonicalize';
import { AppError } from './app-error.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * Canonical JSON text (RFC 8785, JCS): the same value always gives the same text.
 * @throws AppError `malformed` for values that JSON cannot carry (NaN, Infinity, lone surrogates).
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new AppError('malformed', 'value has no canonical JSON form', { cause });
  }
  if (text === undefined) throw new AppError('malformed', 'value has no canonical JSON form');
  return text;
}

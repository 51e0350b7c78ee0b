import { describe, expect, it } from 'vitest';
import { inspectedCall } from './__fixtures__/inspected-call.ts';
import { onlyClass } from './__fixtures__/policies.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { hasTokens, restoreValue } from './restore-tokens.ts';
import type { TokenBooks } from './token-books.ts';

/** Knows one token, given out for a value of `server`. */
const books = {
  find: (_owner: unknown, token: string, serverId: string) =>
    token === '<EMAIL_1>' ? { value: 'ada@example.org', isOfServer: serverId === 'server' } : undefined,
} as unknown as TokenBooks;
const codes = (call: ReturnType<typeof inspectedCall>) =>
  call.findings.map(({ code, action }) => `${code} ${action}`);

describe('restoreValue', () => {
  it('puts values in the place of tokens, inside longer texts too', () => {
    const call = inspectedCall();
    const { value, stop } = restoreValue(call, books, { to: ['<EMAIL_1>'], text: 'Dear <EMAIL_1>!' });
    expect(value).toEqual({ to: ['ada@example.org'], text: 'Dear ada@example.org!' });
    expect([stop, call.findings]).toEqual([undefined, []]);
  });

  it('leaves a value without tokens the very same', () => {
    const args = { text: 'a < b and <b>' };
    expect(restoreValue(inspectedCall(), books, args).value).toBe(args);
  });

  it('leaves tokens that are unknown, and those that may not leave as they were', () => {
    const unknown = inspectedCall();
    expect(restoreValue(unknown, books, { a: '<EMAIL_9>' }).value).toEqual({ a: '<EMAIL_9>' });
    expect(codes(unknown)).toEqual(['token_unknown monitor']);
    const masked = inspectedCall({ detection: { outbound: onlyClass('contact', 'mask') } });
    expect(restoreValue(masked, books, { a: '<EMAIL_1>' }).value).toEqual({ a: '<EMAIL_1>' });
    expect(codes(masked)).toEqual(['token_withheld monitor']);
    const foreign = inspectedCall({ serverId: 'other' });
    expect(restoreValue(foreign, books, { a: '<EMAIL_1>' }).value).toEqual({ a: '<EMAIL_1>' });
    expect(codes(foreign)).toEqual(['token_withheld monitor']);
  });

  it('stops the call where the tenant wants that for tokens nobody was given', () => {
    const { modes } = inspectedCall().tenant.inspection.settings;
    const strict = inspectedCall({ detection: { modes: { ...modes, byCode: { token_unknown: 'block' } } } });
    expect(restoreValue(strict, books, { a: '<EMAIL_9>' }).stop).toMatchObject({
      code: 'blocked_request',
      details: { finding: 'token_unknown' },
    });
  });

  it('makes no more values than the limit allows: a page of tokens does not become a library', () => {
    const { maxRestored } = inspectionLimits;
    const call = inspectedCall();
    const { value } = restoreValue(call, books, { text: '<EMAIL_1>'.repeat(maxRestored + 5) });
    expect(value.text.match(/ada@/g)).toHaveLength(maxRestored);
    expect(value.text.match(/<EMAIL_1>/g)).toHaveLength(5);
    expect(call.findings).toMatchObject([
      { code: 'token_withheld', title: 'A token stays a token here (5 times)' },
    ]);
  });
});

it('hasTokens knows texts that may hold one, in linear time', () => {
  expect(hasTokens('to <EMAIL_1>')).toBe(true);
  for (const text of [
    'plain',
    '<b>',
    '<EMAIL>',
    '<email_1>',
    '<_1>',
    '<'.repeat(100_000),
    '<A'.repeat(100_000),
  ])
    expect(hasTokens(text)).toBe(false);
});

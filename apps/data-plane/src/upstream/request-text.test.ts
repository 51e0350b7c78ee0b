import { describe, expect, it } from 'vitest';
import { requestText } from './request-text.ts';
import type { ExchangeInput } from './turn.ts';
import type { HeldSession, ModernSession } from './upstream-session.ts';

const modern: ModernSession = { era: 'modern', version: '2026-07-28', metaHead: '"v":"2026-07-28","c":' };
const legacy = { era: 'legacy', version: '2025-11-25' } as HeldSession;
const input = (change: Partial<ExchangeInput>): ExchangeInput =>
  ({
    method: 'tools/call',
    paramsText: '{"name":"t"}',
    clientCapabilities: {},
    passMeta: null,
    logLevel: null,
    wantsProgress: false,
    input: null,
    ...change,
  }) as ExchangeInput;

describe('requestText', () => {
  it('is the judged text, untouched, in the legacy era', () => {
    expect(requestText(input({}), legacy, 5)).toBe(
      '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"t"}}',
    );
  });

  it('carries the envelope, our token and what the client passes on', () => {
    const passMeta = { traceparent: '00-1', progressToken: 'theirs', 'sallyport/x': 1 };
    const text = requestText(
      input({ paramsText: '{}', passMeta, wantsProgress: true, logLevel: 'info' }),
      modern,
      6,
    );
    expect(JSON.parse(text).params).toEqual({
      _meta: {
        traceparent: '00-1',
        progressToken: 6,
        v: '2026-07-28',
        c: {},
        'io.modelcontextprotocol/logLevel': 'info',
      },
    });
  });

  it('carries the answers and the state of a retry as they came', () => {
    const retry = { responses: { a: { action: 'accept' } }, state: 'opaque "state"' };
    expect(JSON.parse(requestText(input({ input: retry }), modern, 7)).params).toMatchObject({
      name: 't',
      inputResponses: retry.responses,
      requestState: retry.state,
    });
  });
});

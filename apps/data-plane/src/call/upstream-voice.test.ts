import { rpcCodes } from '@sallyport/mcp';
import { describe, expect, it } from 'vitest';
import { asUpstreamError, withoutOwnMeta } from './upstream-voice.ts';

describe('withoutOwnMeta', () => {
  it('takes away what only the gateway may say, and nothing else', () => {
    const result = { content: [], _meta: { 'sallyport/error': { code: 'denied' }, 'example/trace': 1 } };
    expect(withoutOwnMeta(result)).toEqual({ content: [], _meta: { 'example/trace': 1 } });
  });

  it.each([{ content: [] }, { _meta: { 'example/trace': 1 } }, { _meta: 'text' }])('leaves %j', (result) => {
    expect(withoutOwnMeta(result)).toBe(result);
  });
});

describe('asUpstreamError', () => {
  it('nests data that bears one of our codes', () => {
    const data = { code: 'denied', retryable: true };
    expect(asUpstreamError({ code: -32_000, message: 'no', data })).toEqual({
      code: -32_000,
      message: 'no',
      data: { upstream: { code: -32_000, data } },
    });
  });

  it('changes a number of our own', () => {
    expect(asUpstreamError({ code: -31_012, message: 'no' })).toMatchObject({
      code: rpcCodes.internalError,
      data: { upstream: { code: -31_012 } },
    });
  });

  it.each([
    { code: rpcCodes.invalidParams, message: 'bad', data: { code: 'E_UPSTREAM' } },
    { code: -32_000, message: 'bad', data: { code: 'toString' } },
    { code: -32_000, message: 'bad' },
  ])('leaves %j', (error) => {
    expect(asUpstreamError(error)).toBe(error);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault, messageLimits } from './json-limits.ts';
import { parseRpcMessage, rpcCodes, writeError, writeRawResult, writeRequest } from './json-rpc.ts';

const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'add' } };

describe('parseRpcMessage', () => {
  it('reads requests, notifications, results and errors', () => {
    expect(parseRpcMessage(call)).toEqual({
      kind: 'request',
      id: 1,
      method: 'tools/call',
      params: { name: 'add' },
    });
    expect(parseRpcMessage({ jsonrpc: '2.0', method: 'x' })).toMatchObject({ kind: 'notification' });
    expect(parseRpcMessage({ jsonrpc: '2.0', id: 'a', result: {} })).toMatchObject({
      kind: 'response',
      ok: true,
    });
    expect(parseRpcMessage({ jsonrpc: '2.0', id: null, error: { code: -1, message: 'm' } })).toMatchObject({
      kind: 'response',
      ok: false,
      id: null,
    });
  });

  it.each([
    ['an array', [call]],
    ['null', null],
    ['another version', { ...call, jsonrpc: '1.0' }],
    ['id null', { ...call, id: null }],
    ['id object', { ...call, id: {} }],
    ['id float', { ...call, id: 1.5 }],
    ['id huge', { ...call, id: 2 ** 60 }],
    ['id endless text', { ...call, id: 'x'.repeat(257) }],
    ['method number', { ...call, method: 7 }],
    ['method empty', { ...call, method: '' }],
    ['method and result', { ...call, result: {} }],
    ['neither', { jsonrpc: '2.0', id: 1 }],
    ['result and error', { jsonrpc: '2.0', id: 1, result: {}, error: { code: 1, message: '' } }],
    ['result text', { jsonrpc: '2.0', id: 1, result: 'x' }],
    ['result without id', { jsonrpc: '2.0', result: {} }],
    ['error without code', { jsonrpc: '2.0', id: 1, error: { message: 'x' } }],
    ['error with a bad id', { jsonrpc: '2.0', id: {}, error: { code: 1, message: 'x' } }],
  ])('refuses %s', (_name, value) => {
    expect(parseRpcMessage(value)).toMatchObject({ kind: 'invalid', code: rpcCodes.invalidRequest });
  });

  it('names the id of a message whose params are no object', () => {
    expect(parseRpcMessage({ ...call, params: [] })).toMatchObject({
      kind: 'invalid',
      code: rpcCodes.invalidParams,
      id: 1,
    });
  });

  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseRpcMessage(value);
        parseRpcMessage({ jsonrpc: '2.0', id: value, method: 'x', params: value });
        parseRpcMessage({ jsonrpc: '2.0', id: 1, result: value, error: value });
        findJsonFault(value);
      }),
    );
  });

  it('reads back what it writes', () => {
    expect(JSON.parse(writeRequest('a', 'ping'))).toEqual({ jsonrpc: '2.0', id: 'a', method: 'ping' });
    expect(writeRawResult(7, '{"a":1}')).toBe('{"jsonrpc":"2.0","id":7,"result":{"a":1}}');
    expect(JSON.parse(writeError(null, { code: -32700, message: 'm' })).id).toBeNull();
  });
});

describe('findJsonFault', () => {
  it('finds the depth without recursing', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(findJsonFault(deep)).toEqual({ kind: 'too_deep', limit: 64 });
    let edge: unknown = 1;
    for (let i = 0; i < messageLimits.maxDepth; i += 1) edge = [edge];
    expect(findJsonFault(edge)).toBeUndefined();
    expect(findJsonFault([edge])).toBeDefined();
  });
  it('finds too many keys, own __proto__ keys, infinities and lone surrogates', () => {
    const wide = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`k${i}`, 0]));
    expect(findJsonFault(wide)?.kind).toBe('too_many_keys');
    expect(findJsonFault(JSON.parse('{"a":[{"__proto__":{"x":1}}]}'))?.kind).toBe('dangerous_key');
    expect(findJsonFault(JSON.parse('[1e999]'))?.kind).toBe('not_finite');
    expect(findJsonFault(JSON.parse('"\\ud800"'))?.kind).toBe('lone_surrogate');
    expect(findJsonFault(JSON.parse('{"\\ud800":1}'))?.kind).toBe('lone_surrogate');
    expect(findJsonFault({ constructor: 1, 'a\u0000': '😀' })).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHeaderText, encodeHeaderText } from './header-text.ts';
import { findHeaderMismatch, findParameterMismatch, mirroredHeaders } from './headers.ts';
import type { RpcRequest } from './json-rpc.ts';
import { metaKeys } from './modern.ts';
import { headerParameters } from './parameter-headers.ts';

const version = '2026-07-28';
const request = (name: string): RpcRequest => ({
  kind: 'request',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: {}, _meta: { [metaKeys.protocolVersion]: version } },
});

describe('header text', () => {
  it('round-trips any text and stays printable ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const coded = encodeHeaderText(text);
        expect(coded).toMatch(/^[\x20-\x7e]+$/);
        expect(decodeHeaderText(coded)).toBe(text);
      }),
    );
  });
  it('codes like base64 over UTF-8', () => {
    expect(encodeHeaderText('größe 😀')).toBe(`=?base64?${Buffer.from('größe 😀').toString('base64')}?=`);
    expect(encodeHeaderText('=?base64?eA==?=')).toMatch(/^=\?base64\?PT9/);
  });
  it('refuses bad characters and bad coding', () => {
    for (const raw of ['a\r\nb', 'a\0', 'ü', '=?base64?!?=', '=?base64?gA==?=', '=?base64?eA=?=', '']) {
      expect(decodeHeaderText(raw)).toBeUndefined();
    }
  });
});

describe('findHeaderMismatch', () => {
  it('accepts what mirroredHeaders writes, for any tool name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const message = request(name);
        const headers = mirroredHeaders({ version, method: message.method, params: message.params });
        expect(findHeaderMismatch(headers, message)).toBeUndefined();
      }),
    );
  });
  it.each([
    ['mcp-name', undefined, 'missing'],
    ['mcp-name', 'other', 'differs'],
    ['mcp-name', 'add, add', 'differs'],
    ['mcp-name', ['add', 'add'], 'repeated'],
    ['mcp-name', 'add\u0000', 'bad_characters'],
    ['mcp-method', 'tools/list', 'differs'],
    ['mcp-method', 'Tools/Call', 'differs'],
    ['mcp-protocol-version', '2025-11-25', 'differs'],
    ['mcp-protocol-version', undefined, 'missing'],
  ])('names %s = %j as %s', (header, value, problem) => {
    const message = request('add');
    const good = mirroredHeaders({ version, method: message.method, params: message.params });
    expect(findHeaderMismatch({ ...good, [header]: value }, message)).toEqual({
      kind: 'header_mismatch',
      header,
      problem,
    });
  });
  it('lets a notification go without headers, but not with wrong ones', () => {
    const message = { kind: 'notification', method: 'notifications/x', params: undefined } as const;
    expect(findHeaderMismatch({}, message)).toBeUndefined();
    expect(findHeaderMismatch({ 'mcp-method': 'y' }, message)?.problem).toBe('differs');
  });
});

describe('headerParameters', () => {
  const schema = {
    type: 'object',
    properties: {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      deep: { type: 'object', properties: { count: { type: 'integer', 'x-mcp-header': 'Count' } } },
    },
  };
  it('mirrors marked properties and compares them with the arguments', () => {
    const found = headerParameters(schema);
    if (found.kind !== 'ok') throw new Error(found.reason);
    const args = { region: 'eu', deep: { count: 3 } };
    const params = { ...request('t').params, arguments: args };
    const headers = mirroredHeaders({ version, method: 'tools/call', params, parameters: found.parameters });
    expect(headers).toMatchObject({ 'mcp-param-region': 'eu', 'mcp-param-count': '3' });
    expect(findParameterMismatch(headers, found.parameters, args)).toBeUndefined();
    expect(
      findParameterMismatch(headers, found.parameters, { region: 'us', deep: { count: 3 } })?.problem,
    ).toBe('differs');
    expect(findParameterMismatch(headers, found.parameters, { region: 'eu' })?.header).toBe(
      'mcp-param-count',
    );
    expect(findParameterMismatch({}, found.parameters, args)?.problem).toBe('missing');
  });
  it.each([
    ['a number', { properties: { a: { type: 'number', 'x-mcp-header': 'A' } } }],
    ['the root', { type: 'string', 'x-mcp-header': 'A' }],
    ['an array item', { properties: { a: { items: { type: 'string', 'x-mcp-header': 'A' } } } }],
    ['a line break', { properties: { a: { type: 'string', 'x-mcp-header': 'A\r\nB' } } }],
    [
      'one name twice',
      {
        properties: {
          a: { type: 'string', 'x-mcp-header': 'A' },
          b: { type: 'string', 'x-mcp-header': 'a' },
        },
      },
    ],
  ])('refuses a mark on %s', (_name, bad) => {
    expect(headerParameters(bad).kind).toBe('invalid');
  });
});

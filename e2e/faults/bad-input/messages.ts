import { describe, expect, it } from 'vitest';
import { expectReceipted, expectUnharmed, type Ground, type Refusal } from './ground.ts';
import { callBody, callHeaders, envelope, marker, post } from './modern-message.ts';

interface Case {
  readonly body: string | Buffer;
  readonly want: Refusal;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

const malformed = (rpc = -32_600, reason?: string): Refusal => ({
  status: 400,
  code: 'malformed',
  rpc,
  ...(reason === undefined ? {} : { reason }),
});
/** Found once the message was understood: answered as the JSON-RPC of the era wants it. */
const wrongParams: Refusal = { status: 200, code: 'malformed', rpc: -32_602 };
const unknownTool: Refusal = { status: 200, code: 'unknown_tool', rpc: -32_602 };
const misfit: Refusal = { status: 200, code: 'invalid_arguments' };

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
/** A body whose arguments are written as given, not as `JSON.stringify` would. */
const withArguments = (json: string) => callBody().replace(JSON.stringify({ text: marker }), json);
const named = (name: string, header = name): Case => ({
  body: callBody({ params: { name } }),
  want: unknownTool,
  headers: { 'Mcp-Name': header },
});
const encoded = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;

const notJson: Readonly<Record<string, Case>> = {
  'an empty body': { body: '', want: malformed(-32_700) },
  'half a message': { body: callBody().slice(0, -20), want: malformed(-32_700, 'not_json') },
  'a byte order mark': { body: `\uFEFF${callBody()}`, want: malformed(-32_700) },
  'NaN for a number': { body: withArguments('{"text":NaN}'), want: malformed(-32_700) },
  'bytes that are not UTF-8': {
    body: Buffer.from(callBody().replace(marker, '\xff\xfe'), 'latin1'),
    want: malformed(-32_700, 'not_utf8'),
  },
};

const wrongTypes: Readonly<Record<string, Case>> = {
  'a batch in the modern era': { body: `[${callBody()}]`, want: malformed() },
  'an empty batch': { body: '[]', want: malformed() },
  'text instead of a message': { body: '"tools/call"', want: malformed() },
  'null instead of a message': { body: 'null', want: malformed() },
  'an older JSON-RPC': { body: callBody({ message: { jsonrpc: '1.0' } }), want: malformed() },
  'id null': { body: callBody({ message: { id: null } }), want: malformed() },
  'id an object': { body: callBody({ message: { id: { a: 1 } } }), want: malformed() },
  'id a fraction': { body: callBody({ message: { id: 1.5 } }), want: malformed() },
  'id beyond what a number holds': {
    body: callBody().replace('"id":1', '"id":9007199254740993'),
    want: malformed(),
  },
  'id infinite': { body: callBody().replace('"id":1', '"id":1e400'), want: malformed(-32_600, 'not_finite') },
  'id of 10 kB': { body: callBody({ message: { id: 'x'.repeat(10_000) } }), want: malformed() },
  'a method that is a number': { body: callBody({ message: { method: 7 } }), want: malformed() },
  'a method of 10 kB': { body: callBody({ message: { method: 'm'.repeat(10_000) } }), want: malformed() },
  'a message and an answer in one': { body: callBody({ message: { result: {} } }), want: malformed() },
  'params an array': { body: callBody({ message: { params: [1] } }), want: malformed(-32_602) },
  'arguments an array': { body: callBody({ params: { arguments: [marker] } }), want: wrongParams },
  'arguments null': { body: callBody({ params: { arguments: null } }), want: wrongParams },
  'a name that is a number': {
    body: callBody({ params: { name: 7 } }),
    want: wrongParams,
    headers: { 'Mcp-Name': undefined },
  },
  'an argument of the wrong type': { body: withArguments('{"text":{"a":1}}'), want: misfit },
  'a required argument missing': { body: withArguments('{}'), want: misfit },
};

const bombs: Readonly<Record<string, Case>> = {
  '65 levels': {
    body: withArguments(`{"text":${nested(65, '[', ']')}}`),
    want: malformed(-32_600, 'too_deep'),
  },
  'a million brackets': {
    body: withArguments(`{"text":${nested(1_000_000, '[', ']')}}`),
    want: malformed(-32_600, 'too_deep'),
  },
  '10,000 nested objects': {
    body: withArguments(`{"text":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`),
    want: malformed(-32_600, 'too_deep'),
  },
  '20,000 keys': {
    body: callBody({
      params: { arguments: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])) },
    }),
    want: malformed(-32_600, 'too_many_keys'),
  },
  'half a surrogate pair': {
    body: withArguments('{"text":"\\ud800"}'),
    want: malformed(-32_600, 'lone_surrogate'),
  },
};

const prototypes: Readonly<Record<string, Case>> = {
  '__proto__ among the arguments': {
    body: withArguments('{"text":"x","__proto__":{"polluted":true}}'),
    want: malformed(-32_600, 'dangerous_key'),
  },
  '__proto__ deep inside': {
    body: withArguments('{"text":"x","a":[{"b":{"__proto__":1}}]}'),
    want: malformed(-32_600, 'dangerous_key'),
  },
  '__proto__ in the message': {
    body: callBody().replace('{"jsonrpc"', '{"__proto__":{"id":9},"jsonrpc"'),
    want: malformed(-32_600, 'dangerous_key'),
  },
  'a tool called __proto__': named('__proto__'),
  'a tool called constructor': named('constructor'),
  'a tool called toString': named('toString'),
  'a method called constructor': {
    body: callBody({ message: { method: 'constructor' } }),
    want: { status: 404, code: 'unknown_method', rpc: -32_601 },
    headers: { 'Mcp-Method': 'constructor', 'Mcp-Name': undefined },
  },
};

const mismatch: Refusal = { status: 400, code: 'header_mismatch', rpc: -32_020 };
const unsupported: Refusal = { status: 400, code: 'unsupported_version', rpc: -32_022 };
const versioned = (version: unknown) =>
  callBody({ params: { _meta: { ...envelope, 'io.modelcontextprotocol/protocolVersion': version } } });

const namesAndVersions: Readonly<Record<string, Case>> = {
  'a line break in the tool name': named('fixture__echo\r\nX-Evil: 1', encoded('fixture__echo\r\nX-Evil: 1')),
  'a NUL in the tool name': named('fixture__echo\0', encoded('fixture__echo\0')),
  'a tool name of 100 kB': { ...named('x'.repeat(100_000), 'x'), want: mismatch },
  "another tenant's tool": named('theirs__echo'),
  'a name in the header that is not the one in the body': {
    body: callBody(),
    want: mismatch,
    headers: { 'Mcp-Name': 'fixture__add' },
  },
  'a line break in the name that only the body has': {
    body: callBody({ params: { name: 'fixture__echo\r\nX: 1' } }),
    want: mismatch,
  },
  'a method in the header that is not the one in the body': {
    body: callBody(),
    want: mismatch,
    headers: { 'Mcp-Method': 'tools/list' },
  },
  'no method in the header': { body: callBody(), want: mismatch, headers: { 'Mcp-Method': undefined } },
  'a version in the header that is not the one in the body': {
    body: versioned('2099-01-01'),
    want: mismatch,
  },
  'a version nobody speaks': {
    body: versioned('2099-01-01'),
    want: unsupported,
    headers: { 'MCP-Protocol-Version': '2099-01-01' },
  },
  'a legacy version nobody spoke': {
    body: callBody({ params: { _meta: undefined } }),
    want: unsupported,
    headers: { 'MCP-Protocol-Version': '1999-01-01' },
  },
  'a version that is an object': { body: versioned({ a: 1 }), want: malformed(-32_602) },
};

const topics = {
  'what is not JSON': notJson,
  'wrong types': wrongTypes,
  bombs: bombs,
  'prototype pollution': prototypes,
  'names, headers and versions': namesAndVersions,
} as const;

/** Bodies from a known caller: each is refused by name, reaches nobody, and leaves one receipt. */
export function describeMessages(ground: () => Ground): void {
  describe.each(Object.entries(topics))('%s', (_topic, cases) => {
    it.each(Object.entries(cases))('%s', async (_name, { body, want, headers }) => {
      const { agent } = ground();
      await expectReceipted(ground(), want, () => post(agent.endpoint, callHeaders(agent, headers), body));
    });
  });

  describe('what only looks bad', () => {
    it('keys named after prototypes are data: they arrive as they were sent, and nothing is polluted', async () => {
      const { agent, upstream } = ground();
      const args = { text: 'x', constructor: { prototype: { polluted: 1 } }, toString: 'y' };
      const body = callBody({ params: { arguments: args } });
      const reply = await post(agent.endpoint, callHeaders(agent), body);
      expect(JSON.parse(reply.text).result.isError, reply.text).not.toBe(true);
      expect(upstream.calls().at(-1)?.arguments).toEqual(args);
      const empty = withArguments('{}');
      await expectReceipted(ground(), misfit, () => post(agent.endpoint, callHeaders(agent), empty));
    });

    it('a name given twice in one object is refused: parsers differ on which one counts', async () => {
      const { agent, upstream } = ground();
      const twice = callBody().replace('"arguments":', '"name":"fixture__add","arguments":');
      const reply = await expectUnharmed(ground(), () => post(agent.endpoint, callHeaders(agent), twice));
      expect(reply.status).toBe(400);
      const before = upstream.calls().length;
      const args = withArguments('{"text":"first","text":"last"}');
      const refused = await post(agent.endpoint, callHeaders(agent), args);
      expect(refused.status).toBe(400);
      expect(upstream.calls().slice(before)).toEqual([]);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { readInspectorBody, writeInspectorMessage } from './inspector-message.ts';

const target = { agentId: 'a', endpointId: 'e', id: 7 };

describe('writeInspectorMessage', () => {
  it('mirrors the arguments that a tool wants as headers', () => {
    const inputSchema = {
      type: 'object',
      properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
    };
    const body = readInspectorBody({
      ...target,
      method: 'tools/call',
      params: { name: 't', arguments: { region: 'eu' } },
      inputSchema,
    });
    expect(writeInspectorMessage(body).headers).toMatchObject({ 'mcp-param-region': 'eu', 'mcp-name': 't' });
  });

  it('keeps the answers of a second round and its state as they are', () => {
    const params = {
      name: 't',
      arguments: {},
      inputResponses: { q: { action: 'accept' } },
      requestState: 'opaque',
    };
    const { text } = writeInspectorMessage(readInspectorBody({ ...target, method: 'tools/call', params }));
    expect(JSON.parse(text).params).toMatchObject({
      inputResponses: { q: { action: 'accept' } },
      requestState: 'opaque',
    });
  });
});

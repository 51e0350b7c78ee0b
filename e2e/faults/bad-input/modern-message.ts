import { type RawReply, rawExchange, rawHead } from '../../raw-http.ts';
import type { AgentKey } from '../../tenant-setup.ts';

/** What the upstream must never see. */
export const marker = 'must-not-arrive';

/** The envelope every request of the 2026-07-28 era carries. */
export const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'bad-input', version: '1' },
};

export type Headers = readonly (readonly [string, string])[];

/** Headers of a good call of `fixture__echo`; what a case gives replaces them, `undefined` removes one. */
export function callHeaders(
  agent: Pick<AgentKey, 'key' | 'endpoint'>,
  changed: Readonly<Record<string, string | undefined>> = {},
): Headers {
  const all: Record<string, string | undefined> = {
    Host: new URL(agent.endpoint).host,
    Authorization: `Bearer ${agent.key}`,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': '2026-07-28',
    'Mcp-Method': 'tools/call',
    'Mcp-Name': 'fixture__echo',
    ...changed,
  };
  return Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
}

/** JSON text of a good call; what a case gives replaces members of the message or of its params. */
export function callBody(
  changed: { message?: Readonly<Record<string, unknown>>; params?: Readonly<Record<string, unknown>> } = {},
): string {
  return JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'fixture__echo', arguments: { text: marker }, _meta: envelope, ...changed.params },
    ...changed.message,
  });
}

/** Sends head and body over a plain socket, the length stated truly. */
export function post(url: string, headers: Headers, body: string | Buffer): Promise<RawReply> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const head = rawHead(url, [...headers, ['Content-Length', String(bytes.length)]]);
  return rawExchange(url, Buffer.concat([Buffer.from(head, 'latin1'), bytes]));
}

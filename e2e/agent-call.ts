/** What came back over the wire for one modern request. */
export interface WireReply {
  readonly status: number;
  readonly body: {
    readonly result?: Record<string, unknown>;
    readonly error?: {
      readonly code: number;
      readonly message: string;
      readonly data?: { readonly code?: string };
    };
  };
}

let nextId = 0;

/** Sends one request of the 2026-07-28 era by hand; a network failure throws. */
export async function agentRequest(
  endpoint: string,
  key: string,
  method: string,
  params: Record<string, unknown> = {},
): Promise<WireReply> {
  nextId += 1;
  const name = typeof params.name === 'string' ? { 'mcp-name': params.name } : {};
  const reply = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${key}`,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...name,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: nextId,
      method,
      params: {
        ...params,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientCapabilities': {},
          'io.modelcontextprotocol/clientInfo': { name: 'e2e', version: '1' },
        },
      },
    }),
  });
  const text = await reply.text();
  // A call that takes long is answered on a stream: its last event is the answer.
  const answer = text.startsWith('{')
    ? text
    : (text
        .match(/^data: \{.*$/gm)
        ?.at(-1)
        ?.slice(6) ?? '{}');
  return { status: reply.status, body: JSON.parse(answer) };
}

/** Calls a tool; see `agentRequest`. */
export function callTool(endpoint: string, key: string, name: string, args: Record<string, unknown>) {
  return agentRequest(endpoint, key, 'tools/call', { name, arguments: args });
}

/** The stable code of a refused call: in the JSON-RPC error's data, or in the tool result's `_meta`. */
export function refusalCode(reply: WireReply): string | undefined {
  if (reply.body.error !== undefined) return reply.body.error.data?.code;
  const result = reply.body.result;
  if (result?.isError !== true) return undefined;
  const meta = result._meta as Record<string, { code?: string }> | undefined;
  return Object.values(meta ?? {}).find((value) => typeof value?.code === 'string')?.code ?? 'tool_error';
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

/** Definitions that every benchmark server offers; `tools/list` and the seeded pins both come from here. */
export function benchTools(count: number): readonly Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `tool_${index}`,
    description: `Benchmark tool number ${index}: returns its arguments in another order.`,
    inputSchema: {
      type: 'object',
      properties: {
        id: { type: 'integer', minimum: 0 },
        project: { type: 'string', maxLength: 64 },
        text: { type: 'string', maxLength: 4096 },
        tags: { type: 'array', items: { type: 'string' }, maxItems: 8 },
      },
      required: ['id', 'text'],
      additionalProperties: false,
    },
  }));
}

/** Characters of a big reply's text. */
const bigReply = 64 * 1024;

const modernVersion = '2026-07-28';

interface RpcRequest {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly arguments?: { readonly text?: string; readonly project?: string } };
}

function answer(request: RpcRequest, toolCount: number): unknown {
  const base = {
    resultType: 'complete',
    _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'bench', version: '1' } },
  };
  switch (request.method) {
    case 'server/discover':
      return {
        ...base,
        supportedVersions: [modernVersion],
        capabilities: { tools: {} },
        ttlMs: 60_000,
        cacheScope: 'public',
      };
    case 'tools/list':
      return { ...base, tools: benchTools(toolCount), ttlMs: 60_000, cacheScope: 'public' };
    default: {
      const text = request.params?.arguments?.text ?? '';
      const reversed = text.split(' ').reverse().join(' ');
      const isBig = request.params?.arguments?.project === 'big';
      const whole = isBig ? `${reversed} `.repeat(Math.ceil(bigReply / reversed.length)) : reversed;
      return { ...base, content: [{ type: 'text', text: isBig ? whole.slice(0, bigReply) : whole }] };
    }
  }
}

/** A fast modern MCP server: one JSON reply per request, nothing kept. */
export async function startEchoUpstream(
  toolCount: number,
): Promise<{ port: number; calls: () => number; close: () => void }> {
  let calls = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message = JSON.parse(Buffer.concat(chunks).toString()) as RpcRequest;
      if (message.method === 'tools/call') calls += 1;
      const body = JSON.stringify({ jsonrpc: '2.0', id: message.id, result: answer(message, toolCount) });
      const isStream = message.params?.arguments?.project === 'sse';
      const whole = isStream ? `event: message\ndata: ${body}\n\n` : body;
      response.writeHead(200, {
        'content-type': isStream ? 'text/event-stream' : 'application/json',
        'content-length': Buffer.byteLength(whole),
      });
      response.end(whole);
    });
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, calls: () => calls, close: () => server.close() };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const upstream = await startEchoUpstream(Number(process.argv[2] ?? 20));
  process.send?.({ port: upstream.port });
  process.on('message', () => process.send?.({ calls: upstream.calls() }));
}

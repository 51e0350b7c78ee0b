import { Agent, request as send } from 'node:http';
import { createSseParser } from '@sallyport/mcp';

/** One client with one legacy session behind the gateway. */
export interface SessionClient {
  readonly gateway: string;
  readonly tenant: string;
  readonly secret: string;
  /** `tenant/key/session`, in every text that this client sends. */
  readonly owner: string;
  handle: string | undefined;
}

/** Everything that came back for one message. */
export interface Heard {
  readonly status: number;
  readonly text: string;
  readonly handle: string | undefined;
  /** Milliseconds from the first byte sent to the whole answer. */
  readonly tookMs: number;
}

export const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const patienceMs = 20_000;

/** Posts one message; a request of the server that comes on its stream is handed to `onAsk`. Rejects on a cut. */
export function post(
  client: SessionClient,
  message: unknown,
  onAsk: (ask: { readonly id: string; readonly text: string }) => void = () => {},
): Promise<Heard> {
  const begun = performance.now();
  const { hostname, port } = new URL(client.gateway);
  const body = JSON.stringify(message);
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${client.secret}`,
    'content-length': Buffer.byteLength(body),
  };
  if (client.handle !== undefined) {
    headers['mcp-session-id'] = client.handle;
    headers['mcp-protocol-version'] = '2025-11-25';
  }
  return new Promise((resolve, reject) => {
    const path = `/${client.tenant}/main/key/mcp`;
    const outgoing = send(
      { agent, hostname, port, path, method: 'POST', headers, timeout: patienceMs },
      (response) => {
        const parser = createSseParser((bytes) => decoder.decode(bytes));
        const isStream = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (!isStream) return;
          for (const event of parser.push(chunk).events) readAsk(event.data, onAsk);
        });
        response.on('error', reject);
        response.on('aborted', () => reject(new Error('cut in the answer')));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            handle: response.headers['mcp-session-id']?.toString(),
            tookMs: performance.now() - begun,
          }),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function readAsk(data: string, onAsk: (ask: { id: string; text: string }) => void): void {
  if (!data.includes('"elicitation/create"')) return;
  const message = JSON.parse(data) as { id: string; params: { message: string } };
  onAsk({ id: message.id, text: message.params.message });
}

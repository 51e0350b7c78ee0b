import { type IncomingHttpHeaders, request } from 'node:http';
import type { RawRequest } from './test-worker.ts';

export interface StreamEvent {
  readonly id: string | undefined;
  readonly retry: string | undefined;
  readonly data: string;
}

/** A stream of events as a careful client sees it. */
export interface OpenStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly events: readonly StreamEvent[];
  /** Every JSON-RPC message so far. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  messages(): readonly any[];
  text(): string;
  isClosed(): boolean;
  /** Reads no more until told to go on. */
  pause(): void;
  close(): void;
}

/** Sends a request and reads its answer as a stream for as long as it is not closed. */
export function openStream(url: string, raw: RawRequest): Promise<OpenStream> {
  const { port, hostname } = new URL(url);
  const { path, headers, body, method = 'POST' } = raw;
  return new Promise((resolve, reject) => {
    const sent = request({ host: hostname, port, path, method, headers, agent: false }, (reply) => {
      const events: StreamEvent[] = [];
      let all = '';
      let rest = '';
      let isClosed = false;
      reply.setEncoding('utf8');
      reply.on('data', (chunk: string) => {
        all += chunk;
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) if (/^data:/mu.test(block)) events.push(readEvent(block));
      });
      reply.on('error', () => {});
      reply.on('close', () => {
        isClosed = true;
      });
      resolve({
        status: reply.statusCode ?? 0,
        headers: reply.headers,
        events,
        messages: () => events.filter(({ data }) => data !== '').map(({ data }) => JSON.parse(data)),
        text: () => all,
        isClosed: () => isClosed,
        pause: () => void reply.pause(),
        close: () => sent.destroy(),
      });
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? body : undefined);
  });
}

function readEvent(block: string): StreamEvent {
  const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, 'mu').exec(block)?.[1];
  return { id: field('id'), retry: field('retry'), data: field('data') ?? '' };
}

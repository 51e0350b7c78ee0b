import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What came back on a socket. */
export interface RawReply {
  /** 0: the socket was closed without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Bytes of ours that left before the answer was whole. */
  readonly sentBytes: number;
}

/** Writes on a socket in its own way; ends early when the socket does. */
export type Pour = (socket: Socket) => Promise<void>;

const patienceMs = 20_000;

/** One exchange on a plain socket, for what no HTTP client would send; resolves with the first whole answer. */
export async function rawExchange(url: string, send: string | Buffer | Pour): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const received: Buffer[] = [];
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      received.push(chunk);
      if (isWhole(Buffer.concat(received))) resolve();
    });
    socket.once('close', () => resolve());
    // A gateway that has answered may reset what still pours in.
    socket.on('error', () => {});
  });
  if (typeof send === 'function') void send(socket);
  else socket.write(send);
  const timeout = new AbortController();
  await Promise.race([answered, sleep(patienceMs, undefined, { signal: timeout.signal }).catch(() => {})]);
  timeout.abort();
  const sentBytes = socket.bytesWritten - socket.writableLength;
  socket.destroy();
  return { ...parse(Buffer.concat(received)), sentBytes };
}

/** The head of a request as text; names and values are written as they are, good or bad. */
export function rawHead(
  url: string,
  headers: readonly (readonly [string, string])[],
  requestLine?: string,
): string {
  const target = new URL(url);
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [requestLine ?? `POST ${target.pathname} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Pours a body of this many bytes behind a head, as fast as it is taken. */
export function pouring(head: string, bytes: number, isChunked: boolean): Pour {
  const block = Buffer.alloc(64 * 1024, 'x');
  const piece = isChunked ? Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]) : block;
  return async (socket) => {
    socket.write(head);
    for (let left = bytes; left > 0 && !socket.destroyed; left -= block.length) {
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    }
  };
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = bytes.subarray(0, end).toString('latin1');
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return bytes.subarray(-5).toString() === '0\r\n\r\n';
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return length !== undefined && bytes.length >= end + 4 + Number(length);
}

function parse(bytes: Buffer): Omit<RawReply, 'sentBytes'> {
  const end = bytes.indexOf('\r\n\r\n');
  const [line = '', ...rest] = bytes.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0);
  const headers = rest.map((text) => [
    text.slice(0, text.indexOf(':')).toLowerCase(),
    text.slice(text.indexOf(':') + 1).trim(),
  ]);
  const body = bytes.subarray(end + 4).toString();
  const isChunked = /^transfer-encoding: *chunked/im.test(rest.join('\n'));
  return { status, headers: Object.fromEntries(headers), text: isChunked ? unchunked(body) : body };
}

/** Short ASCII answers only: lengths count characters here. */
function unchunked(body: string): string {
  const size = Number.parseInt(body, 16);
  const start = body.indexOf('\r\n') + 2;
  return size > 0 ? body.slice(start, start + size) + unchunked(body.slice(start + size + 2)) : '';
}

import type { ServerResponse } from 'node:http';
import { writeSseEvent } from '@sallyport/mcp';
import type { Answer } from '../call/call.ts';
import { streamHead } from './sse-writer.ts';

/** Where an answer goes: a response of its own, or a place in the answer of a batch. */
export interface ReplySink {
  /** Sends the one answer; a second one is ignored. */
  send(answer: Answer): void;
  /** Passes on a notification before the answer; resolves once the caller has taken enough to go on. */
  notify(text: string): Promise<void> | undefined;
  /** Begins to answer as a stream, where the caller reads one. */
  open(): void;
  /** Whether anything can be said before the answer. */
  canPush(): boolean;
}

const lingerMs = 1_000;
const lingerBytes = 16 * 1024 * 1024;

/** Sends an answer in one piece, as JSON or as the only event of a stream. */
export function sendWhole(res: ServerResponse, answer: Answer, acceptsJson: boolean): void {
  const asStream = !acceptsJson && answer.status === 200 && answer.body !== '';
  const text = asStream ? writeSseEvent({ event: 'message', data: answer.body }) : answer.body;
  const bytes = Buffer.byteLength(text);
  const headers: Record<string, string | number> = { ...answer.headers, 'content-length': bytes };
  if (asStream) Object.assign(headers, streamHead);
  else if (text !== '') headers['content-type'] = 'application/json';
  if (answer.closes) {
    headers.connection = 'close';
    lingerAtClose(res);
  }
  res.writeHead(answer.status, headers);
  // One byte per character is written without being encoded again.
  res.end(text, bytes === text.length ? 'latin1' : 'utf8');
}

/**
 * A socket closed with unread bytes in it is reset, and the caller may never see why: what still pours in is thrown
 * away for a moment after the answer.
 */
function lingerAtClose(res: ServerResponse): void {
  const { req, socket } = res;
  if (!socket) return;
  let left = lingerBytes;
  req.removeAllListeners('data').on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) socket.destroy();
  });
  req.resume();
  // What node:http calls once the answer has left.
  socket.destroySoon = () => {
    socket.end();
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

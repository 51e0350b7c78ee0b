import type { ServerResponse } from 'node:http';
import { sseKeepAlive, writeSseEvent } from '@sallyport/mcp';
import type { Answer } from '../call/call.ts';

/** Where an answer goes: a response of its own, or a place in the answer of a batch. */
export interface ReplySink {
  /** Sends the one answer; a second one is ignored. */
  send(answer: Answer): void;
  /** Passes on a notification before the answer; resolves once the caller has taken enough to go on. */
  notify(text: string): Promise<void> | undefined;
}

const keepAliveMs = 15_000;
/** A caller that takes nothing for so long is cut. */
const slowReaderMs = 30_000;
const lingerMs = 1_000;
const lingerBytes = 16 * 1024 * 1024;

const streamHead = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/** Answers on an HTTP response, as JSON, or as a stream once a notification went out or JSON is not accepted. */
export function createHttpSink(
  res: ServerResponse,
  accepts: () => { readonly json: boolean; readonly sse: boolean },
): ReplySink {
  let keepAlive: NodeJS.Timeout | undefined;
  let isSent = false;
  return {
    notify(text) {
      if (isSent || res.destroyed || !accepts().sse) return undefined;
      if (!res.headersSent) {
        res.writeHead(200, streamHead);
        keepAlive = setInterval(() => res.write(sseKeepAlive), keepAliveMs);
        res.once('close', () => clearInterval(keepAlive));
      }
      return res.write(writeSseEvent({ event: 'message', data: text })) ? undefined : untilDrained(res);
    },
    send(answer) {
      if (isSent) return;
      isSent = true;
      clearInterval(keepAlive);
      if (res.destroyed) return;
      if (res.headersSent) res.end(writeSseEvent({ event: 'message', data: answer.body }));
      else sendWhole(res, answer, accepts().json);
    },
  };
}

function sendWhole(res: ServerResponse, answer: Answer, acceptsJson: boolean): void {
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

function untilDrained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      res.off('drain', finish);
      res.off('close', finish);
      resolve();
    };
    const timer = setTimeout(() => {
      res.destroy();
      finish();
    }, slowReaderMs);
    res.once('drain', finish);
    res.once('close', finish);
  });
}

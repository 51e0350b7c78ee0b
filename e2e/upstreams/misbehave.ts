import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Outgoing } from './upstream-http.ts';
import type { Behaviour } from './upstream-state.ts';

const json = { 'content-type': 'application/json' };
const sse = { 'content-type': 'text/event-stream' };

/** Answers badly, as told; false = the caller answers well. */
export function misbehave(
  does: Behaviour,
  outgoing: Outgoing,
  res: ServerResponse,
  replyWell: () => void,
): boolean {
  const text = JSON.stringify(outgoing.message ?? null);
  switch (does.kind) {
    case 'well':
      return false;
    case 'slow': {
      const timer = setTimeout(replyWell, does.delayMs);
      res.on('close', () => clearTimeout(timer));
      return true;
    }
    case 'hang':
      return true;
    case 'hang_body':
      res.writeHead(200, json).write(text.slice(0, Math.ceil(text.length / 2)));
      return true;
    case 'drip':
      drip(res, text, does.everyMs);
      return true;
    case 'reset':
      res.destroy();
      return true;
    case 'garbage':
      res.socket?.end('SSH-2.0-OpenSSH_9.9\r\n\0\x01\x02 not http at all\r\n\r\n');
      return true;
    case 'redirect':
      res.writeHead(307, { location: does.location }).end();
      return true;
    case 'status':
      res.writeHead(does.status, json).end('{"error":"as told"}');
      return true;
    default:
      return misbehaveInBody(does, outgoing, res);
  }
}

type BodyBehaviour = Exclude<
  Behaviour,
  { kind: 'well' | 'slow' | 'hang' | 'hang_body' | 'drip' | 'reset' | 'garbage' | 'redirect' | 'status' }
>;

function misbehaveInBody(does: BodyBehaviour, outgoing: Outgoing, res: ServerResponse): true {
  const message = Object(outgoing.message) as Record<string, unknown>;
  const text = JSON.stringify(message);
  switch (does.kind) {
    case 'not_json':
      res.writeHead(200, json).end('{"jsonrpc": "2.0", "id": 1, "result": {');
      break;
    case 'not_json_rpc':
      res.writeHead(200, json).end('{"hello": "world"}');
      break;
    case 'wrong_id':
      res.writeHead(200, json).end(JSON.stringify({ ...message, id: 'somebody-else' }));
      break;
    case 'wrong_content_type':
      res.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${text}</html>`);
      break;
    case 'duplicate_answer':
      res.writeHead(200, sse).end(`data: ${text}\n\ndata: ${text}\n\n`);
      break;
    case 'server_request': {
      const ask = { jsonrpc: '2.0', id: 'ask-1', method: 'sampling/createMessage', params: { messages: [] } };
      res.writeHead(200, sse).end(`data: ${JSON.stringify(ask)}\n\ndata: ${text}\n\n`);
      break;
    }
    case 'endless_sse':
      endless(res);
      break;
    case 'long_line':
      res.writeHead(200, sse);
      pour(res, 'data: ', does.bytes);
      break;
    case 'huge_body':
      res.writeHead(200, json);
      pour(res, '{"jsonrpc":"2.0","result":"', does.bytes);
      break;
    case 'gzip_bomb':
      res
        .writeHead(200, { ...json, 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(does.bytes, 'x')));
      break;
  }
  return true;
}

function drip(res: ServerResponse, text: string, everyMs: number): void {
  res.writeHead(200, json);
  let at = 0;
  const timer = setInterval(() => {
    res.write(text[at] ?? ' ');
    at += 1;
  }, everyMs);
  res.on('close', () => clearInterval(timer));
}

const note = `data: ${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x'.repeat(200) } })}\n\n`;

function endless(res: ServerResponse): void {
  res.writeHead(200, sse);
  const more = (): void => {
    while (!res.destroyed && res.write(note.repeat(100)));
  };
  res.on('drain', more);
  more();
}

/** Writes a prefix and then this many bytes, no faster than they are taken. */
function pour(res: ServerResponse, prefix: string, bytes: number): void {
  const block = Buffer.alloc(64 * 1024, 'x');
  let left = bytes;
  res.write(prefix);
  const more = (): void => {
    while (left > 0 && !res.destroyed) {
      left -= block.length;
      if (!res.write(block)) return;
    }
    if (left <= 0) res.end();
  };
  res.on('drain', more);
  more();
}

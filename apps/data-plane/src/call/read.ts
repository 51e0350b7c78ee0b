import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { findJsonFault, hasDuplicateKeys, readJson } from '@sallyport/mcp';
import { isTooDeep, requestLimits } from '../wire/message-limits.ts';
import { type ReadMessageDeps, readBatch, readBodiless, readMessage } from '../wire/read-message.ts';
import type { SessionHandles } from '../wire/session-handles.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

export interface ReadDeps extends ReadMessageDeps {
  readonly sessions: SessionHandles;
  readonly nowMs: () => number;
}

/** Stage 3: the body, capped and parsed once; the headers agree with it; era, version and session are known. */
export function createRead(deps: ReadDeps): Stage<'identified', 'read'> {
  return async (call) => {
    if (call.req.method !== 'POST') return readBodiless(call, deps) ?? grant<'read'>(call);
    const body = await collect(call.req);
    if ('kind' in body) return body;
    call.bodyIsWhole = true;
    call.requestBytes = body.length;
    const value = parse(body);
    if (value instanceof Failure) return value.stopped;
    const halted = Array.isArray(value) ? readBatch(call, value, deps) : readMessage(call, value, deps);
    return halted ?? grant<'read'>(call as Call<'identified'>);
  };
}

/** Gathers the body; past the limit nothing more is kept. */
function collect(req: IncomingMessage): Promise<Buffer | Stop> {
  return new Promise((resolve) => {
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > requestLimits.maxBodyBytes) {
        req.removeAllListeners('data').pause();
        resolve(stop('too_large', { details: { limit: requestLimits.maxBodyBytes } }));
      } else if (first === undefined) first = chunk;
      else if (rest) rest.push(chunk);
      else rest = [first, chunk];
    });
    req.on('end', () => resolve(rest ? Buffer.concat(rest, bytes) : (first ?? Buffer.alloc(0))));
    req.on('error', () => resolve(stop('malformed', { details: { reason: 'body_incomplete' } })));
  });
}

class Failure {
  readonly stopped: Stop;
  constructor(stopped: Stop) {
    this.stopped = stopped;
  }
}

const parseErrorRpc = -32_700;

function parse(body: Buffer): unknown {
  const { maxDepth } = requestLimits;
  if (isTooDeep(body, maxDepth)) return refuse('too_deep');
  if (!isUtf8(body)) return refuse('not_utf8', parseErrorRpc);
  const text = body.toString();
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    return refuse('not_json', parseErrorRpc);
  }
  const fault = findJsonFault(value);
  if (fault) return refuse(fault.kind);
  // Another reader of the same text might take the other of the two.
  return hasDuplicateKeys(text, value) ? refuse('duplicate_key') : value;
}

function refuse(reason: string, rpc?: number): Failure {
  return new Failure(stop('malformed', { details: { reason }, ...(rpc === undefined ? {} : { rpc }) }));
}

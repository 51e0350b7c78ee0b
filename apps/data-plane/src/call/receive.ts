import { headerNames, headerValue, isModernVersion } from '@sallyport/mcp';
import type { AllowedHosts } from '../wire/allowed-hosts.ts';
import { isJsonContent, readAccept } from '../wire/media-types.ts';
import { requestLimits } from '../wire/message-limits.ts';
import type { Door } from '../wire/route.ts';
import { type CallState, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

export interface ReceiveDeps {
  readonly hosts: AllowedHosts;
  readonly isReady: () => boolean;
  readonly isDraining: () => boolean;
}

/** Stage 1: the head alone. Nothing of the body is read, nobody is looked up. */
export function createReceive({ hosts, isReady, isDraining }: ReceiveDeps): Stage<'created', 'received'> {
  return (call) => {
    const foreign = findForeign(call, hosts);
    if (foreign) return foreign;
    const allowed = methodsOf[call.door];
    if (!allowed.includes(call.req.method ?? '') || (call.req.method !== 'POST' && claimsModern(call))) {
      return stop('method_not_allowed', { details: { allow: allowed.join(', ') } });
    }
    if (isDraining()) return stop('draining');
    if (!isReady()) return stop('not_ready');
    const halted = call.req.method === 'POST' ? (readMedia(call) ?? readLength(call)) : readStreamMedia(call);
    return halted ?? grant<'received'>(call);
  };
}

/** Invariant: a page of a browser elsewhere cannot make this machine talk to us (DNS rebinding). */
function findForeign({ req: { headers } }: CallState, hosts: AllowedHosts): Stop | undefined {
  if (headers.host === undefined) return stop('malformed', { details: { reason: 'Host is missing' } });
  if (!hosts.allowsHost(headers.host)) return stop('forbidden_origin', { details: { header: 'Host' } });
  if (headers.origin === undefined || hosts.allowsOrigin(headers.origin)) return undefined;
  return stop('forbidden_origin', { details: { header: 'Origin' } });
}

const methodsOf: Readonly<Record<Door, readonly string[]>> = {
  mcp: ['POST', 'GET', 'DELETE'],
  sse: ['GET'],
  messages: ['POST'],
};

/** The modern era knows POST only. */
function claimsModern({ req }: CallState): boolean {
  return isModernVersion(headerValue(req.headers, headerNames.version));
}

/** A client that opens a stream must be able to read one; "anything" is good enough here. */
function readStreamMedia(call: CallState): Stop | undefined {
  const accept = call.req.headers.accept;
  if (call.req.method !== 'GET' || accept === undefined) return undefined;
  if (readAccept(accept).sse || accept.includes('*/*')) return undefined;
  return stop('not_acceptable', { details: { header: 'Accept', want: 'text/event-stream' } });
}

function readMedia(call: CallState): Stop | undefined {
  const { headers } = call.req;
  if (!isJsonContent(headers['content-type'])) {
    return stop('not_acceptable', {
      details: { header: 'Content-Type', want: 'application/json' },
      http: 415,
    });
  }
  const accept = readAccept(headers.accept);
  call.acceptsJson = accept.json;
  call.acceptsSse = accept.sse;
  if (accept.json || accept.sse) return undefined;
  return stop('not_acceptable', {
    details: { header: 'Accept', want: 'application/json, text/event-stream' },
  });
}

function readLength(call: CallState): Stop | undefined {
  if (call.req.headers['content-encoding'] !== undefined) {
    return stop('not_acceptable', { details: { header: 'Content-Encoding' }, http: 415 });
  }
  const length = Number(call.req.headers['content-length'] ?? 0);
  const limit = requestLimits.maxBodyBytes;
  return length > limit ? stop('too_large', { details: { limit, bytes: length } }) : undefined;
}

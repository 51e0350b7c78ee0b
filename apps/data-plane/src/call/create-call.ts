import type { IncomingMessage, ServerResponse } from 'node:http';
import { stageNames } from '@sallyport/ledger';
import type { Implementation } from '@sallyport/mcp';
import { noCapabilities } from '../wire/client-capabilities.ts';
import type { ReplySink } from '../wire/reply-sink.ts';
import type { Door } from '../wire/route.ts';
import type { CallState } from './call.ts';
import { newCallId } from './call-id.ts';

const nobody: Implementation = { name: '', version: '' };
const unrun: readonly number[] = Array(stageNames.length * 2).fill(-1);

/** A fresh call, nothing known but where it was sent. */
export function createCall(input: {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly tenantSlug: string;
  readonly endpointSlug: string;
  readonly door?: Door;
  readonly sink: ReplySink;
  readonly atMs: number;
}): CallState {
  return {
    callId: newCallId(input.atMs),
    atMs: input.atMs,
    startedAt: performance.now(),
    // A plain array of small integers: cheaper to make than a typed one, and serialised as it is.
    times: unrun.slice(),
    req: input.req,
    res: input.res,
    tenantSlug: input.tenantSlug,
    endpointSlug: input.endpointSlug,
    door: input.door ?? 'mcp',
    sink: input.sink,
    acceptsJson: true,
    acceptsSse: false,
    tenant: null,
    endpoint: null,
    principal: null,
    era: 'legacy',
    version: null,
    session: null,
    client: '',
    clientCapabilities: noCapabilities,
    clientInfo: nobody,
    logLevel: null,
    passMeta: null,
    inputResponses: null,
    requestState: null,
    id: null,
    method: '',
    params: undefined,
    isNotification: false,
    members: null,
    progressToken: null,
    requestBytes: 0,
    bodyIsWhole: false,
    ...untouched,
  };
}

/** Fields of the later stages; also what a member of a batch starts with. */
export const untouched = {
  toolName: null,
  item: null,
  tool: null,
  upstream: null,
  args: null,
  argsText: '',
  argsDigest: null,
  request: null,
  subscription: null,
  holdsSlot: false,
  keptArgs: null,
  pinAsked: null,
  slice: null,
  decision: null,
  findings: [],
  hasSensitive: false,
  carry: '',
  credential: null,
  hasIntent: false,
  factsText: null,
  reply: null,
  upstreamUs: 0,
  resultText: null,
  replyHeaders: undefined,
  resultDigest: null,
  resultIsError: false,
  answer: null,
  stopped: null,
  stoppedAt: null,
  incidentId: null,
  cut: null,
  abort: null,
} as const satisfies Partial<CallState>;

/** A member of a batch: shares identity and connection with the whole, everything else is its own. */
export function createMember(batch: CallState, sink: ReplySink): CallState {
  return {
    ...batch,
    ...untouched,
    callId: newCallId(batch.atMs),
    times: batch.times.slice(),
    sink,
    members: null,
  };
}

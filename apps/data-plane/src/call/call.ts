import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Finding } from '@sallyport/detection';
import type { ErrorCode } from '@sallyport/kernel';
import { type StageName, stageNames } from '@sallyport/ledger';
import type { Era, Implementation, RequestId, RpcError, WireObject } from '@sallyport/mcp';
import type { PolicyDecision, Slice } from '@sallyport/policy';
import type { EndpointContext, KeyContext, ToolContext } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';
import type { LentCredential } from '../upstream/lent-credential.ts';
import type { PinVerdict } from '../upstream/observe-tools.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { noCapabilities } from '../wire/client-capabilities.ts';
import type { ReplySink } from '../wire/reply-sink.ts';
import type { Door } from '../wire/route.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import { newCallId } from './call-id.ts';

/** Why a call ends before its answer: one stable code, and public facts about it. */
export interface Stop {
  readonly kind: 'stop';
  readonly code: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Replaces the table's sentence. */
  readonly message?: string;
  /** Replaces the table's HTTP status or JSON-RPC code where a protocol rule asks for another. */
  readonly http?: number;
  readonly rpc?: number;
  /** Private: for the log, never for the caller. */
  readonly cause?: unknown;
}

/** Makes a stop; a stage returns it instead of the call. */
export function stop(code: ErrorCode, more: Omit<Stop, 'kind' | 'code'> = {}): Stop {
  return { kind: 'stop', code, ...more };
}

/** Why a call in flight is cut from outside. */
export type CutReason = 'client' | 'revoked' | 'draining';

/** What the upstream answered. */
export type UpstreamReply =
  | { readonly kind: 'result'; readonly result: WireObject }
  | { readonly kind: 'error'; readonly error: RpcError };

/** What leaves for the caller. */
export interface Answer {
  readonly status: number;
  /** JSON text; empty for a notification. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** The request's body may still be on its way: the connection must not be used again. */
  readonly closes: boolean;
}

/**
 * One message of an agent on its way through the stages: one object of fixed shape, each stage writes only its own
 * field. How far it has come is `Call<…>` below, at compile time only.
 */
export interface CallState {
  readonly callId: string;
  /** Wall clock, ms. */
  readonly atMs: number;
  /** Monotonic, ms. */
  readonly startedAt: number;
  /** Start and end of each stage in µs since `startedAt`; -1 = did not run. */
  readonly times: number[];
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly tenantSlug: string;
  readonly endpointSlug: string;
  /** Which of the endpoint's addresses was asked. */
  readonly door: Door;
  sink: ReplySink;

  // receive
  acceptsJson: boolean;
  acceptsSse: boolean;
  // identify
  tenant: TenantState | null;
  endpoint: EndpointContext | null;
  principal: KeyContext | null;
  // read
  era: Era;
  version: string | null;
  session: LegacySession | null;
  client: string;
  /** What the client can be asked for, cleaned and bounded: of this request, or of its session. */
  clientCapabilities: WireObject;
  clientInfo: Implementation;
  /** Least level of log messages the caller wants; `null` = it did not say. */
  logLevel: string | null;
  /** The caller's other `_meta` keys, which go upstream; never `sallyport/*`, never a progress token. */
  passMeta: WireObject | null;
  /** A modern retry: answers to what the upstream asked, and our sealed state. */
  inputResponses: WireObject | null;
  requestState: string | null;
  id: RequestId | null;
  method: string;
  params: WireObject | undefined;
  isNotification: boolean;
  /** Members of a batch (2025-03-26 only); each becomes a call of its own. */
  members: readonly unknown[] | null;
  progressToken: RequestId | null;
  requestBytes: number;
  bodyIsWhole: boolean;
  // resolve
  toolName: string | null;
  tool: ToolContext | null;
  upstream: Upstream | null;
  args: WireObject | null;
  /** The arguments as JSON: what is judged is exactly what leaves. */
  argsText: string;
  argsDigest: string | null;
  // admit
  holdsSlot: boolean;
  // verifyPin
  pinAsked: Promise<PinVerdict> | null;
  // authorize
  slice: Slice | null;
  decision: PolicyDecision | null;
  // inspectRequest, inspectResponse
  findings: readonly Finding[];
  // lendCredential
  credential: LentCredential | null;
  // recordIntent
  hasIntent: boolean;
  /** What both frames share, once it was written. */
  factsText: string | null;
  // dispatch
  reply: UpstreamReply | null;
  upstreamUs: number;
  // inspectResponse, or the stage that answers a call of our own
  resultText: string | null;
  replyHeaders: Record<string, string> | undefined;
  resultDigest: string | null;
  resultIsError: boolean;
  // reply
  answer: Answer | null;
  // record
  stopped: Stop | null;
  stoppedAt: StageName | null;
  incidentId: string | null;
  // cut from outside
  cut: CutReason | null;
  abort: AbortController | null;
}

declare const reached: unique symbol;
type Mark<Name extends string> = { readonly [reached]: { readonly [K in Name]: true } };

type Received = CallState & Mark<'received'>;
type Identified = Received &
  Mark<'identified'> & {
    readonly tenant: TenantState;
    readonly endpoint: EndpointContext;
    readonly principal: KeyContext;
  };
type Read = Identified & Mark<'read'>;
type Resolved = Read &
  Mark<'resolved'> & {
    readonly toolName: string;
    readonly tool: ToolContext;
    readonly upstream: Upstream;
    readonly args: WireObject;
    readonly slice: Slice;
  };
type Admitted = Resolved & Mark<'admitted'>;
type PinAsked = Admitted & Mark<'pinAsked'>;
type Authorized = PinAsked & Mark<'authorized'> & { readonly decision: PolicyDecision };
type RequestInspected = Authorized & Mark<'requestInspected'>;
type Held = RequestInspected & Mark<'held'>;
type PinVerified = Held & Mark<'pinVerified'>;
type Lent = PinVerified & Mark<'lent'> & { readonly credential: LentCredential };
type IntentRecorded = Lent & Mark<'intentRecorded'>;
type Dispatched = IntentRecorded & Mark<'dispatched'> & { readonly reply: UpstreamReply };
/** Ready to be answered: by an inspected result, or by one of our own. */
type Answerable = Read & Mark<'answerable'>;

/** Every milestone; each type contains all that the stages before it have proved. */
export interface Milestones {
  created: CallState;
  received: Received;
  identified: Identified;
  read: Read;
  /** Rate limits of calls that name no tool. */
  counted: Read & Mark<'counted'>;
  resolved: Resolved;
  admitted: Admitted;
  pinAsked: PinAsked;
  authorized: Authorized;
  requestInspected: RequestInspected;
  held: Held;
  pinVerified: PinVerified;
  lent: Lent;
  intentRecorded: IntentRecorded;
  dispatched: Dispatched;
  answerable: Answerable;
}
export type Milestone = keyof Milestones;
export type Call<M extends Milestone> = Milestones[M];

/** Grants a milestone: only a stage does this, for the milestone it is named after. Costs nothing at run time. */
export function grant<M extends Milestone>(call: CallState): Call<M> {
  return call as Call<M>;
}

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
  tool: null,
  upstream: null,
  args: null,
  argsText: '',
  argsDigest: null,
  holdsSlot: false,
  pinAsked: null,
  slice: null,
  decision: null,
  findings: [],
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

/** Cuts a call: the upstream is left, and whatever stage comes next stops it. */
export function cutCall(call: CallState, reason: CutReason): void {
  call.cut ??= reason;
  call.abort?.abort();
}

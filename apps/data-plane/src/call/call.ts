import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '@sallyport/kernel';
import type { StageName } from '@sallyport/ledger';
import type { Era, Implementation, RequestId, RpcError, WireObject } from '@sallyport/mcp';
import type { PolicyDecision, Slice } from '@sallyport/policy';
import type { EndpointContext, ExposedItem, KeyContext, ToolContext } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';
import type { CallFinding } from '../inspection/call-finding.ts';
import type { LentCredential } from '../upstream/lent-credential.ts';
import type { PinVerdict } from '../upstream/observe-definitions.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { ReplySink } from '../wire/reply-sink.ts';
import type { Door } from '../wire/route.ts';
import type { LegacySession } from '../wire/session-handles.ts';

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
  const made: Stop = { kind: 'stop', code, ...more };
  stops.add(made);
  return made;
}

const stops = new WeakSet<object>();

/**
 * Whether a value is a stop of ours. Invariant: T44, what came from an upstream is never one, whatever it looks like: it is
 * no member that says so, but that `stop` made it.
 */
export function isStop(value: unknown): value is Stop {
  return typeof value === 'object' && value !== null && stops.has(value);
}

/** Why a call in flight is cut from outside. */
export type CutReason = 'client' | 'revoked' | 'draining';

/** What the upstream answered. */
export type UpstreamReply =
  | { readonly kind: 'result'; readonly result: WireObject }
  | { readonly kind: 'error'; readonly error: RpcError };

/** What is to be sent upstream: in the upstream's own names and URIs, without `_meta`. */
export interface UpstreamRequest {
  readonly method: string;
  readonly params: WireObject;
  /** The same as JSON: what was judged is what leaves. */
  readonly paramsText: string;
}

/** One resource that a client wants to hear about. */
export interface SubscribedResource {
  /** As the client names it. */
  readonly uri: string;
  readonly upstreamUri: string;
  readonly item: ExposedItem;
}

/** What a client wants to hear about: only what it may see is left in it once it was authorized. */
export interface Subscription {
  readonly kind: 'stream' | 'listen' | 'subscribe' | 'unsubscribe';
  readonly toolsListChanged: boolean;
  readonly promptsListChanged: boolean;
  readonly resourcesListChanged: boolean;
  readonly resources: readonly SubscribedResource[];
}

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
  /** The capability as the caller named it. */
  toolName: string | null;
  item: ExposedItem | null;
  /** The capability itself: a tool, a prompt, a resource or a template. */
  tool: ToolContext | null;
  upstream: Upstream | null;
  /** What policies and detectors judge: the arguments, or what stands for them (`{uri}` of a read). */
  args: WireObject | null;
  /** The judged facts as JSON: what is judged is exactly what leaves. */
  argsText: string;
  argsDigest: string | null;
  request: UpstreamRequest | null;
  subscription: Subscription | null;
  // admit
  holdsSlot: boolean;
  // verifyPin
  /** The arguments as the caller sent them, where tokens in them became values: what is kept of the call. */
  keptArgs: WireObject | null;
  pinAsked: Promise<PinVerdict> | null;
  // authorize
  slice: Slice | null;
  decision: PolicyDecision | null;
  // inspectRequest, inspectResponse
  findings: readonly CallFinding[];
  /** Something that the tenant's policy names is in its arguments or its result: nothing of it is kept as it is. */
  hasSensitive: boolean;
  /** The end of what the upstream said on the way. */
  carry: string;
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
    readonly item: ExposedItem;
    readonly tool: ToolContext;
    readonly upstream: Upstream;
    readonly args: WireObject;
    readonly slice: Slice;
    readonly request: UpstreamRequest;
  };
type Admitted = Resolved & Mark<'admitted'>;
/** Tokens in its arguments are values again. */
type Restored = Admitted & Mark<'restored'>;
type PinAsked = Restored & Mark<'pinAsked'>;
type Authorized = PinAsked & Mark<'authorized'> & { readonly decision: PolicyDecision };
type RequestInspected = Authorized & Mark<'requestInspected'>;
type Held = RequestInspected & Mark<'held'>;
type PinVerified = Held & Mark<'pinVerified'>;
type Lent = PinVerified & Mark<'lent'> & { readonly credential: LentCredential };
type IntentRecorded = Lent & Mark<'intentRecorded'>;
type Dispatched = IntentRecorded & Mark<'dispatched'> & { readonly reply: UpstreamReply };
type Counted = Read & Mark<'counted'>;
/** Knows what its client wants to hear about. */
type Targeted = Counted & Mark<'targeted'> & { readonly subscription: Subscription };
/** May hear about all that its subscription names; a receipt says so. */
type Subscribable = Targeted & Mark<'permitted'> & Mark<'subscribable'>;
/** Ready to be answered: by an inspected result, or by one of our own. */
type Answerable = Read & Mark<'answerable'>;

/** Every milestone; each type contains all that the stages before it have proved. */
export interface Milestones {
  created: CallState;
  received: Received;
  identified: Identified;
  read: Read;
  /** Rate limits of calls that name no tool. */
  counted: Counted;
  targeted: Targeted;
  permitted: Targeted & Mark<'permitted'>;
  subscribable: Subscribable;
  resolved: Resolved;
  admitted: Admitted;
  restored: Restored;
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

/** Cuts a call: the upstream is left, and whatever stage comes next stops it. */
export function cutCall(call: CallState, reason: CutReason): void {
  call.cut ??= reason;
  call.abort?.abort();
}

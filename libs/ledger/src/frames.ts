/** How one call ended. `unknown`: cut by a crash between intent and outcome. */
export type Outcome = 'ok' | 'tool_error' | 'denied' | 'error' | 'cancelled' | 'unknown';

/** The stages of a call in the order they run (docs/ARCHITECTURE.md); index = position in `stageTimesUs`. */
export const stageNames = [
  'receive',
  'identify',
  'read',
  'resolve',
  'admit',
  'verifyPin',
  'authorize',
  'inspectRequest',
  'hold',
  'lendCredential',
  'recordIntent',
  'dispatch',
  'inspectResponse',
  'reply',
  'record',
] as const;
export type StageName = (typeof stageNames)[number];

/** Who, what, by which right: the facts both frames of a call share. Ids are UUIDs, `null` = not known yet. */
export interface CallFacts {
  readonly callId: string;
  readonly tenantId: string;
  readonly method: string;
  readonly endpointId: string | null;
  readonly agentId: string | null;
  readonly customerId: string | null;
  readonly keyId: string | null;
  readonly serverId: string | null;
  readonly toolId: string | null;
  /** Exposed name as called (cut to 128 characters). */
  readonly toolName: string | null;
  /** SHA-256 hex of the raw arguments bytes. */
  readonly argsDigest: string | null;
  readonly argsBytes: number;
  readonly argNames: readonly string[];
  readonly snapshotVersion: number;
  readonly pinDigest: string | null;
  readonly policyIds: readonly string[];
}

/** In the spool before anything leaves for the upstream. */
export interface IntentFrame extends CallFacts {
  readonly kind: 'intent';
  /** Wall clock, ms. */
  readonly at: number;
}

/** One per call, always. For a call stopped before dispatch it stands alone (no intent). */
export interface OutcomeFrame extends CallFacts {
  readonly kind: 'outcome';
  readonly at: number;
  readonly outcome: Outcome;
  /** Error code of kernel's table when it did not end ok. */
  readonly code: string | null;
  readonly stage: StageName | null;
  readonly policyReason: string | null;
  readonly resultDigest: string | null;
  readonly resultBytes: number;
  readonly requestBytes: number;
  readonly findings: readonly FrameFinding[];
  /** 30 numbers: start and end of each stage in µs since the call began; -1 = did not run. */
  readonly stageTimesUs: readonly number[];
  readonly upstreamUs: number;
  readonly client: string | null;
  readonly protocolVersion: string | null;
  /** `none`, `bearer`, `header`, `query`: the kind of credential lent, never its value. */
  readonly credential: string | null;
  readonly incidentId: string | null;
  readonly billable: boolean;
  /** Only where the tenant keeps bodies: base64 boxes sealed for the control plane. */
  readonly bodies: { readonly args: string | null; readonly result: string | null } | null;
}

export interface FrameFinding {
  readonly code: string;
  readonly title: string;
  readonly severity: string;
  readonly surface: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly excerpt: string;
  readonly owasp: string | null;
  /** What found it. The three below are absent in what older workers spooled. */
  readonly tier?: string;
  /** How sure it was, 0 to 1. */
  readonly confidence?: number;
  /** What was done about it. */
  readonly action?: FindingAction;
}

/** What is done about a finding or about sensitive data, from the mildest to the strongest. */
export const findingActions = ['monitor', 'alert', 'mask', 'tokenise', 'block'] as const;
export type FindingAction = (typeof findingActions)[number];

/** Requests without a valid identity: counted per reason and source prefix, one per window. */
export interface AnonymousFrame {
  readonly kind: 'anonymous';
  readonly at: number;
  readonly windowMs: number;
  readonly code: string;
  /** /24 or /48 of the source address. */
  readonly sourcePrefix: string;
  readonly count: number;
}

/** A worker saw a definition that differs from its pin (or is back to it). */
export interface ObservationFrame {
  readonly kind: 'observation';
  readonly at: number;
  readonly tenantId: string;
  readonly serverId: string;
  readonly toolId: string;
  readonly observedDigest: string | null;
  /** The observed definition as JSON text (≤ 64 KiB), `null` when the tool vanished. */
  readonly definition: string | null;
}

export type Frame = IntentFrame | OutcomeFrame | AnonymousFrame | ObservationFrame;

/** One spooled frame on its way to ingest. `chain` = SHA-256(previous chain ‖ frame text), hex. */
export interface SpooledFrame {
  readonly seq: number;
  readonly chain: string;
  readonly frame: Frame;
}

/** Body of `POST /internal/ingest`; the reply is `{ "committedSeq": n }`. */
export interface IngestBatch {
  readonly workerId: string;
  readonly spoolId: string;
  readonly frames: readonly SpooledFrame[];
}

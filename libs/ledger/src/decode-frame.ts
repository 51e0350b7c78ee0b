import {
  type AnonymousFrame,
  type CallFacts,
  type Frame,
  type FrameFinding,
  findingActions,
  type IntentFrame,
  type ObservationFrame,
  type Outcome,
  type OutcomeFrame,
  stageNames,
} from './frames.ts';

type Check = (value: unknown) => boolean;
type Shape<T> = { readonly [K in keyof T]-?: Check };
type Optional<T> = { readonly [K in keyof T as undefined extends T[K] ? K : never]-?: Check };
type Always<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: Check };

/** Bounds of one frame; a frame beyond them is damage or an attack. */
export const frameLimits = {
  maxText: 512,
  maxNames: 256,
  maxFindings: 200,
  maxDefinition: 64 * 1024,
  maxBody: 4 * 1024 * 1024,
} as const;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const sha256Pattern = /^[0-9a-f]{64}$/;

const uuid: Check = (value) => typeof value === 'string' && uuidPattern.test(value);
const sha256: Check = (value) => typeof value === 'string' && sha256Pattern.test(value);
const upTo =
  (length: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= length;
const text = upTo(frameLimits.maxText);
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const flag: Check = (value) => typeof value === 'boolean';
const is =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check, max: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= max && value.every(check);
const shapeOf =
  <T>(shape: Shape<T>): Check =>
  (value) =>
    fits(value, shape);

const facts: Shape<CallFacts> = {
  callId: uuid,
  tenantId: uuid,
  method: text,
  endpointId: orNull(uuid),
  agentId: orNull(uuid),
  customerId: orNull(uuid),
  keyId: orNull(uuid),
  serverId: orNull(uuid),
  toolId: orNull(uuid),
  toolName: orNull(text),
  argsDigest: orNull(sha256),
  argsBytes: count,
  argNames: listOf(text, frameLimits.maxNames),
  snapshotVersion: count,
  pinDigest: orNull(sha256),
  policyIds: listOf(text, frameLimits.maxNames),
};

const finding: Always<FrameFinding> = {
  code: text,
  title: text,
  severity: text,
  surface: text,
  path: text,
  start: count,
  end: count,
  excerpt: text,
  owasp: orNull(text),
};
const lateFields: Optional<FrameFinding> = {
  tier: text,
  confidence: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  action: is(...findingActions),
};
const wholeFinding: Shape<FrameFinding> = { ...finding, ...lateFields };
const isFinding: Check = (value) => fits(value, wholeFinding) || fits(value, finding);

const outcomes: readonly Outcome[] = ['ok', 'tool_error', 'denied', 'error', 'cancelled', 'unknown'];
const body = orNull(upTo(frameLimits.maxBody));

const shapes = {
  intent: { ...facts, kind: is('intent'), at: count } satisfies Shape<IntentFrame>,
  outcome: {
    ...facts,
    kind: is('outcome'),
    at: count,
    outcome: is(...outcomes),
    code: orNull(text),
    stage: orNull(is(...stageNames)),
    policyReason: orNull(upTo(2_000)),
    resultDigest: orNull(sha256),
    resultBytes: count,
    requestBytes: count,
    findings: listOf(isFinding, frameLimits.maxFindings),
    stageTimesUs: listOf((value) => typeof value === 'number', 2 * stageNames.length),
    upstreamUs: (value) => typeof value === 'number',
    client: orNull(text),
    protocolVersion: orNull(text),
    credential: orNull(text),
    incidentId: orNull(text),
    billable: flag,
    bodies: orNull(shapeOf({ args: body, result: body })),
  } satisfies Shape<OutcomeFrame>,
  anonymous: {
    kind: is('anonymous'),
    at: count,
    windowMs: count,
    code: text,
    sourcePrefix: text,
    count,
  } satisfies Shape<AnonymousFrame>,
  observation: {
    kind: is('observation'),
    at: count,
    tenantId: uuid,
    serverId: uuid,
    toolId: uuid,
    observedDigest: orNull(sha256),
    definition: orNull(upTo(frameLimits.maxDefinition)),
  } satisfies Shape<ObservationFrame>,
} as const;

/** Whether a parsed value is exactly a frame: every field present and in bounds, none more. */
export function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return false;
  return fits(value, shapes[kind as keyof typeof shapes]);
}

/** Reads a frame from its text; `undefined` for anything that is not exactly one. */
export function decodeFrame(frameText: string): Frame | undefined {
  try {
    const value: unknown = JSON.parse(frameText);
    return isFrame(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function fits(value: unknown, shape: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(shape);
  if (Object.keys(value).length !== names.length) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return names.every((name) => Object.hasOwn(fields, name) && shape[name]?.(fields[name]) === true);
}

/** A string that has been checked to be an id of one kind; ids of different kinds do not mix. */
export type Id<Kind extends string> = string & { readonly __id: Kind };

/** Every id kind and its prefix on the wire. Inside, an id is a lower-case UUID (v7 where we mint it). */
export const idPrefixes = {
  tenant: 'ten',
  user: 'usr',
  member: 'mem',
  invitation: 'inv',
  server: 'srv',
  tool: 'tol',
  pin: 'pin',
  endpoint: 'end',
  connection: 'con',
  agent: 'agt',
  customer: 'cus',
  apiKey: 'key',
  policy: 'pol',
  receipt: 'rcp',
  call: 'cal',
  vetRun: 'vet',
  report: 'rep',
  approval: 'apr',
  worker: 'wrk',
  detectionRule: 'drl',
  verdict: 'vrd',
} as const satisfies Record<string, string>;

export type IdKind = keyof typeof idPrefixes;

export type TenantId = Id<'tenant'>;
export type UserId = Id<'user'>;
export type MemberId = Id<'member'>;
export type InvitationId = Id<'invitation'>;
export type ServerId = Id<'server'>;
export type ToolId = Id<'tool'>;
export type PinId = Id<'pin'>;
export type EndpointId = Id<'endpoint'>;
export type ConnectionId = Id<'connection'>;
export type AgentId = Id<'agent'>;
export type CustomerId = Id<'customer'>;
export type ApiKeyId = Id<'apiKey'>;
export type PolicyId = Id<'policy'>;
export type ReceiptId = Id<'receipt'>;
export type CallId = Id<'call'>;
export type VetRunId = Id<'vetRun'>;
export type ReportId = Id<'report'>;
export type ApprovalId = Id<'approval'>;
export type DetectionRuleId = Id<'detectionRule'>;
export type VerdictId = Id<'verdict'>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const wirePattern = /^([a-z]{3})_([0-9a-f]{32})$/;

/** Whether the text is a lower-case UUID, the inner form of every id. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** Writes an id for the wire: `srv_` and the 32 hex digits of its UUID. */
export function toWireId<K extends IdKind>(kind: K, id: string): string {
  return `${idPrefixes[kind]}_${id.replaceAll('-', '')}`;
}

/** Reads a wire id of the given kind; `undefined` when it is malformed or of another kind. */
export function fromWireId<K extends IdKind>(kind: K, wire: string): Id<K> | undefined {
  const match = wirePattern.exec(wire);
  if (match?.[1] !== idPrefixes[kind]) return undefined;
  const hex = match[2] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<K>;
}

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Builds a version 7 UUID (RFC 9562 §5.7) from a wall-clock time in milliseconds and at least 10 random bytes.
 * @throws RangeError when fewer than 10 random bytes are given.
 */
export function uuidV7(wallMs: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('uuidV7 needs 10 random bytes');
  const time = Math.floor(wallMs).toString(16).padStart(12, '0');
  let hex = '';
  for (let at = 0; at < 10; at += 1) hex += hexOf[random[at] as number];
  const variant = hexOf[((random[2] as number) & 0x3f) | 0x80];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(6, 8)}-${hex.slice(8)}`;
}

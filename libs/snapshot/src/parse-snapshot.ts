import { capabilityKinds, maxUriLength } from '@sallyport/mcp';
import { z } from 'zod';
import { detectionSchema } from './parse-detection.ts';
import { type InstallationSnapshot, snapshotLimits, type TenantSnapshot } from './tenant-snapshot.ts';
import { jsonTextDepth, utf8Length } from './text-measures.ts';

/** A snapshot, or why the text is none. */
export type ParsedBody<T> =
  | { readonly kind: 'ok'; readonly snapshot: T }
  | {
      readonly kind: 'invalid';
      readonly reason: 'oversized' | 'unparsable' | 'invalid_content';
      readonly detail: string;
    };

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
const label = z.string().min(1).max(200);
const count = z.int().nonnegative();
const sealed = z.string().min(1).max(16_384);
const exposedName = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);

const settings = z.strictObject({
  pinMaxAgeMs: count,
  keepBodies: z.boolean(),
  strictAudit: z.boolean(),
  requestInspection: z.enum(['monitor', 'block']),
  responseInspection: z.enum(['monitor', 'block']),
  ratePerMinute: z.int().positive(),
  rateBurst: z.int().positive(),
  upstreamConcurrency: z.int().positive(),
  callTimeoutMs: z.int().positive().max(3_600_000),
});

const connection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), sealed }),
  z.strictObject({
    kind: z.literal('header'),
    name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/),
    sealed,
  }),
  z.strictObject({ kind: z.literal('query'), name: z.string().min(1).max(100), sealed }),
]);

const capabilities = z
  .record(z.string().max(200), z.unknown())
  .refine((value) => JSON.stringify(value).length <= snapshotLimits.maxCapabilitiesLength, 'too long');

const endpointItem = z.strictObject({
  toolId: uuid,
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,60}$/)
    .nullable(),
  description: z.string().max(snapshotLimits.maxOverrideLength).nullable(),
  hidden: z.boolean(),
});

const maxDefinitionLength = 256 * 1024;

/** Zod schema of `TenantSnapshot`; strict: a field it does not know is an error, so no worker guesses. */
export const tenantSnapshotSchema = z.strictObject({
  format: z.literal(3),
  tenantId: uuid,
  slug,
  state: z.enum(['active', 'suspended']),
  version: z.int().positive(),
  revSeq: count,
  settings,
  endpoints: z
    .array(
      z.strictObject({
        id: uuid,
        slug,
        selection: z.enum(['all', 'chosen']),
        items: z.array(endpointItem).max(snapshotLimits.maxItems),
        naming: z.enum(['prefixed', 'plain']),
        toolSearch: z.boolean(),
      }),
    )
    .max(1_000),
  servers: z
    .array(
      z.strictObject({
        id: uuid,
        slug,
        url: z.url({ protocol: /^https?$/ }).max(2_048),
        connection,
        capabilities,
      }),
    )
    .max(1_000),
  tools: z
    .array(
      z.strictObject({
        id: uuid,
        serverId: uuid,
        kind: z.enum(capabilityKinds),
        name: z.string().min(1).max(maxUriLength),
        exposedName,
        digest: sha256,
        definition: z.string().min(2).max(maxDefinitionLength),
      }),
    )
    .max(snapshotLimits.maxTools),
  agents: z
    .array(
      z.strictObject({ id: uuid, name: label, roles: z.array(label).max(100), customerId: uuid.nullable() }),
    )
    .max(20_000),
  customers: z.array(z.strictObject({ id: uuid, name: label })).max(20_000),
  keys: z
    .array(
      z.strictObject({
        id: uuid,
        hash: sha256,
        prefix: z.string().max(32),
        agentId: uuid,
        endpointId: uuid.nullable(),
        createdAtMs: count,
        expiresAtMs: count.nullable(),
      }),
    )
    .max(50_000),
  policies: z
    .array(z.strictObject({ id: uuid, name: label, text: z.string().max(snapshotLimits.maxPolicyBytes) }))
    .max(snapshotLimits.maxPolicies),
  detection: detectionSchema(snapshotLimits.maxTools),
});

const installationSchema = z.strictObject({
  format: z.literal(1),
  version: z.int().positive(),
  revSeq: count,
  privateOrigins: z.array(z.string().min(3).max(300)).max(1_000),
});

/** Reads a tenant's snapshot from its canonical text; size and depth are checked before it is parsed. */
export function parseSnapshot(body: string): ParsedBody<TenantSnapshot> {
  // The schema says exactly what `TenantSnapshot` says; only the id brands are missing.
  return parseBody(body, (value) => read(tenantSnapshotSchema, value) as ParsedBody<TenantSnapshot>);
}

/** Reads the installation's snapshot from its canonical text. */
export function parseInstallation(body: string): ParsedBody<InstallationSnapshot> {
  return parseBody(body, (value) => read(installationSchema, value));
}

function parseBody<T>(body: string, readValue: (value: unknown) => ParsedBody<T>): ParsedBody<T> {
  const { maxBodyBytes, maxDepth } = snapshotLimits;
  // A unit takes at most three bytes: short texts need no counting.
  if (body.length > maxBodyBytes || (3 * body.length > maxBodyBytes && utf8Length(body) > maxBodyBytes)) {
    return { kind: 'invalid', reason: 'oversized', detail: `the body is larger than ${maxBodyBytes} bytes` };
  }
  if (jsonTextDepth(body) > maxDepth) {
    return { kind: 'invalid', reason: 'invalid_content', detail: `the body nests deeper than ${maxDepth}` };
  }
  try {
    return readValue(JSON.parse(body));
  } catch {
    return { kind: 'invalid', reason: 'unparsable', detail: 'the body is not JSON' };
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): ParsedBody<T> {
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'ok', snapshot: result.data };
  const first = result.error.issues[0];
  const where = first?.path.join('.') ?? '';
  return {
    kind: 'invalid',
    reason: 'invalid_content',
    detail: `${where}: ${first?.message ?? 'invalid'}`.slice(0, 300),
  };
}

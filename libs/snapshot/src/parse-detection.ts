import {
  argumentRoles,
  detectionModes,
  sensitiveActions,
  sensitiveClasses,
  sensitiveTypes,
  severities,
  tiers,
} from '@sallyport/detection';
import { z } from 'zod';
import { detectionLimits } from './snapshot-detection.ts';

const limits = detectionLimits;
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const mode = z.enum(detectionModes);
const action = z.enum(sensitiveActions);
const code = z.string().regex(/^[a-z][a-z0-9_]{0,79}$/);

const surfaces = [
  'tool_definition',
  'server_instructions',
  'server_identity',
  'prompt',
  'resource_listing',
  'resource',
  'arguments',
  'result',
] as const;

const few = <T extends object>(record: z.ZodType<T>, max: number): z.ZodType<T> =>
  record.refine((value) => Object.keys(value).length <= max, `more than ${max} entries`);

const byTier = z.partialRecord(z.enum(tiers), mode);
const byCode = few(z.record(code, mode), limits.maxEntries);
const byType = z.partialRecord(z.enum(sensitiveTypes), action);

const modes = z.strictObject({ bySeverity: z.record(z.enum(severities), mode), byTier, byCode });
const redaction = z.strictObject({ byClass: z.record(z.enum(sensitiveClasses), action), byType });
const partialRedaction = z.strictObject({
  byClass: z.partialRecord(z.enum(sensitiveClasses), action).exactOptional(),
  byType: byType.exactOptional(),
});

const partialModes = z.strictObject({
  bySeverity: z.partialRecord(z.enum(severities), mode).exactOptional(),
  byTier: byTier.exactOptional(),
  byCode: byCode.exactOptional(),
});
const restoreTokens = z.enum(['never', 'same_server', 'always']);

/** Zod schema of `StoredDetection`: what a tenant changed of the defaults. */
export const tenantDetectionSchema = z.strictObject({
  modes: partialModes.exactOptional(),
  outbound: partialRedaction.exactOptional(),
  inbound: partialRedaction.exactOptional(),
  restoreTokens: restoreTokens.exactOptional(),
});

/** Zod schema of `SnapshotToolDetection`; a pointer is `/a/b`, the items of an array are `*`. */
export const toolDetectionSchema = z.strictObject({
  modes: partialModes.exactOptional(),
  outbound: partialRedaction.exactOptional(),
  inbound: partialRedaction.exactOptional(),
  roles: few(
    z.record(z.string().max(limits.maxPointerLength).regex(/^\//), z.enum(argumentRoles)),
    limits.maxRoles,
  ).exactOptional(),
  tags: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/))
    .max(limits.maxTags)
    .exactOptional(),
});

/** A rule that a tenant wrote. */
export const customRuleSchema = z.strictObject({
  id: uuid,
  code: z.string().regex(/^custom_[a-z0-9_]{1,60}$/),
  title: z.string().min(1).max(limits.maxRuleTitleLength),
  kind: z.enum(['keywords', 'pattern']),
  value: z.string().min(1).max(limits.maxRuleValueLength),
  surfaces: z.array(z.enum(surfaces)).min(1).max(surfaces.length),
  severity: z.enum(severities),
  toolIds: z.array(uuid).max(limits.maxRuleTools).nullable(),
});

const external = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  sealedToken: z.string().min(1).max(16_384).nullable(),
  budgetMs: z.int().positive().max(limits.maxBudgetMs),
  perMinute: z.int().positive().max(limits.maxPerMinute),
  onFailure: z.enum(['pass', 'block']),
});

/** Zod schema of `SnapshotDetection`, strict as the snapshot's. `maxTools` bounds how many tools differ. */
export function detectionSchema(maxTools: number) {
  return z.strictObject({
    modes,
    outbound: redaction,
    inbound: redaction,
    restoreTokens,
    tools: few(z.record(uuid, toolDetectionSchema), maxTools),
    customRules: z.array(customRuleSchema).max(limits.maxCustomRules),
    external: external.nullable(),
  });
}

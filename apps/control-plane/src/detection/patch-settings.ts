import { type DetectionMode, isSensitiveType, type SensitiveAction, type Tier } from '@sallyport/detection';
import { AppError } from '@sallyport/kernel';
import {
  type SnapshotToolDetection,
  type StoredDetection,
  tenantDetectionSchema,
  toolDetectionSchema,
} from '@sallyport/snapshot';
import type {
  DetectionInputModel,
  RedactionInputModel,
  ToolDetectionInputModel,
} from './detection-settings.model.ts';
import { lower } from './detection-words.ts';

type Modes = NonNullable<SnapshotToolDetection['modes']>;
type Actions = NonNullable<SnapshotToolDetection['inbound']>;
type ModesInput = Pick<DetectionInputModel, 'bySeverity' | 'byTier' | 'byCode'>;

/** Codes that a mode may name. */
export type IsKnownCode = (code: string) => boolean;

/** A tenant's stored settings with what an admin changed. @throws AppError `invalid_input` */
export function patchTenant(
  stored: StoredDetection,
  input: DetectionInputModel,
  isKnownCode: IsKnownCode,
): StoredDetection {
  const next = {
    ...patchShared(stored, input, isKnownCode),
    restoreTokens: input.restoreTokens ? lower(input.restoreTokens) : stored.restoreTokens,
  };
  return check(tenantDetectionSchema, withoutEmpty(next)) as StoredDetection;
}

/** What a tool stores of its own, with what an admin changed. @throws AppError `invalid_input` */
export function patchTool(
  stored: SnapshotToolDetection,
  input: ToolDetectionInputModel,
  isKnownCode: IsKnownCode,
): SnapshotToolDetection {
  const roles = input.roles?.map(({ pointer, role }) => [pointer, lower(role)] as const);
  const next = {
    ...patchShared(stored, input, isKnownCode),
    roles: roles ? Object.fromEntries(roles) : stored.roles,
    tags: input.tags ? [...new Set(input.tags.map((tag) => tag.trim().toLowerCase()))].sort() : stored.tags,
  };
  return check(toolDetectionSchema, withoutEmpty(next)) as SnapshotToolDetection;
}

function patchShared(
  stored: Pick<SnapshotToolDetection, 'modes' | 'outbound' | 'inbound'>,
  input: ModesInput & Pick<DetectionInputModel, 'outbound' | 'inbound'>,
  isKnownCode: IsKnownCode,
) {
  for (const { code } of input.byCode ?? []) {
    if (!isKnownCode(code)) throw fault('byCode', `no rule has the code ${code.slice(0, 80)}`);
  }
  return {
    modes: patchModes(stored.modes ?? {}, input),
    outbound: patchActions(stored.outbound ?? {}, input.outbound, 'outbound'),
    inbound: patchActions(stored.inbound ?? {}, input.inbound, 'inbound'),
  };
}

function patchModes(stored: Modes, input: ModesInput) {
  const { bySeverity, byTier, byCode } = input;
  const word = (mode: keyof typeof modeWords | null | undefined) => (mode ? modeWords[mode] : null);
  return withoutEmpty({
    bySeverity: patch(
      stored.bySeverity,
      bySeverity?.map(({ severity, mode }) => [lower(severity), word(mode)]),
    ),
    byTier: patch<Tier, DetectionMode>(
      stored.byTier,
      byTier?.map(({ tier, mode }) => [lower(tier), word(mode)]),
    ),
    byCode: patch<string, DetectionMode>(
      stored.byCode,
      byCode?.map(({ code, mode }) => [code, word(mode)]),
    ),
  });
}

const modeWords = { MONITOR: 'monitor', ALERT: 'alert', MASK: 'mask', BLOCK: 'block' } as const;

function patchActions(stored: Actions, input: RedactionInputModel | null | undefined, field: string) {
  const byType = input?.byType?.map(({ type, action }) => {
    if (!isSensitiveType(type)) throw fault(field, `there is no type ${type.slice(0, 60)}`);
    return [type, actionWord(action)] as const;
  });
  return withoutEmpty({
    byClass: patch(
      stored.byClass,
      input?.byClass?.map((entry) => [lower(entry.class), actionWord(entry.action)]),
    ),
    byType: patch(stored.byType, byType),
  });
}

function actionWord(action: Uppercase<SensitiveAction> | null | undefined): SensitiveAction | null {
  return action ? lower(action) : null;
}

/** Stored entries with some changed; null takes one away. */
function patch<K extends string, V>(
  stored: Readonly<Partial<Record<K, V>>> | undefined,
  changes: readonly (readonly [K, V | null])[] | undefined,
): Readonly<Record<string, V>> {
  const next = new Map<string, V>(Object.entries<V>((stored ?? {}) as Record<string, V>));
  for (const [name, value] of changes ?? []) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return Object.fromEntries([...next].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Only what says something is stored: `{}` is a tenant, or a tool, that differs in nothing. */
function withoutEmpty(value: object): object {
  const kept = Object.entries(value).filter(
    ([, part]) => part !== undefined && (typeof part !== 'object' || Object.keys(part).length > 0),
  );
  return Object.fromEntries(kept);
}

interface Schema {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly data?: unknown;
    readonly error?: {
      readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
    };
  };
}

function check(schema: Schema, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error?.issues[0];
  const field = issue?.path.join('.').slice(0, 200) ?? 'input';
  throw fault(field, `${field}: ${issue?.message ?? 'invalid'}`);
}

function fault(field: string, reason: string): AppError {
  return new AppError('invalid_input', reason, { details: { field, reason } });
}

import { AppError } from '@sallyport/kernel';
import type { SnapshotToolDetection, StoredDetection } from '@sallyport/snapshot';
import type { Actor } from '../access/session.ts';
import type { TenantTx } from '../platform/database.ts';
import type { Change, TenantChanges } from '../platform/tenant-changes.ts';
import type { ClassifierStore } from './classifier.store.ts';
import { type ClassifierInput, readClassifier } from './classifier-settings.ts';
import type { DetectionInputModel, ToolDetectionInputModel } from './detection-settings.model.ts';
import { sensitivePrefix } from './detection-view.ts';
import { knownRules, modelRules } from './known-rules.ts';
import { type IsKnownCode, patchTenant, patchTool } from './patch-settings.ts';

const maxSummary = 50;

/** Changes what detection and redaction do in a tenant, and where a tool differs. */
export class UpdateDetection {
  constructor(
    private readonly changes: TenantChanges,
    private readonly classifiers: ClassifierStore,
    private readonly ownPorts: readonly number[],
  ) {}

  /** @throws AppError `invalid_input` */
  async tenant(actor: Actor, input: DetectionInputModel): Promise<void> {
    const { tenantId } = actor;
    await this.changes.run(actor, async (change) => {
      const where = { id: tenantId };
      const tenant = await change.tx.tenant.findUniqueOrThrow({ where });
      const isKnown = await knownCodes(change.tx);
      const next = patchTenant(tenant.detection as StoredDetection, input, isKnown);
      await change.tx.tenant.update({ where, data: { detection: next as object } });
      await note(change, {
        action: 'detection.update',
        subjectKind: 'tenant',
        subjectId: tenantId,
        changed: input,
      });
      await change.config('detection');
    });
  }

  /** @throws AppError `not_found`, `invalid_input` */
  async tool(actor: Actor, toolId: string, input: ToolDetectionInputModel): Promise<void> {
    const { tenantId } = actor;
    await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId, id: toolId } };
      const tool = await change.tx.tool.findUnique({ where });
      if (!tool) throw new AppError('not_found', undefined, { details: { kind: 'tool' } });
      const isKnown = await knownCodes(change.tx);
      const next = patchTool(tool.detection as SnapshotToolDetection, input, isKnown);
      await change.tx.tool.update({ where, data: { detection: next as object } });
      await note(change, {
        action: 'detection.tool.update',
        subjectKind: 'tool',
        subjectId: toolId,
        changed: input,
      });
      await change.config(`detection of ${tool.exposedName}`);
    });
  }

  /** @throws AppError `invalid_input`, `egress_denied` */
  async classifier(actor: Actor, input: ClassifierInput): Promise<void> {
    const { tenantId } = actor;
    await this.changes.run(actor, async (change) => {
      const listed = await change.tx.privateOrigin.findMany({ select: { origin: true } });
      const privateOrigins = listed.map((row) => row.origin);
      const checked = readClassifier(input, { ownPorts: this.ownPorts, privateOrigins });
      await this.classifiers.save(change.tx, tenantId, checked);
      const { token, ...settings } = checked;
      const summary = { ...settings, hasNewToken: token !== null };
      await change.receipt({
        action: 'detection.classifier.update',
        subjectKind: 'tenant',
        subjectId: tenantId,
        summary,
      });
      change.live('detection', tenantId);
      await change.config('external classifier');
    });
  }

  /** Takes the classifier and its token away. */
  async removeClassifier(actor: Actor): Promise<void> {
    const { tenantId } = actor;
    await this.changes.run(actor, async (change) => {
      await change.tx.detectionExternal.deleteMany({ where: { tenantId } });
      await note(change, {
        action: 'detection.classifier.remove',
        subjectKind: 'tenant',
        subjectId: tenantId,
      });
      await change.config('external classifier removed');
    });
  }

  /** Allows verdicts to be exported as rows for training, or takes that back. */
  async consent(actor: Actor, isAllowed: boolean): Promise<void> {
    const { tenantId, userId } = actor;
    await this.changes.run(actor, async (change) => {
      const data = isAllowed
        ? { exportConsentAt: change.at, exportConsentBy: userId }
        : { exportConsentAt: null, exportConsentBy: null };
      await change.tx.tenant.update({ where: { id: tenantId }, data });
      await change.receipt({
        action: 'detection.export.consent',
        subjectKind: 'tenant',
        subjectId: tenantId,
        summary: { isAllowed },
      });
      change.live('detection', tenantId);
    });
  }
}

interface Act {
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly changed?: DetectionInputModel | ToolDetectionInputModel;
}

async function note(change: Change, { changed, ...act }: Act): Promise<void> {
  await change.receipt({ ...act, summary: summaryOf(changed ?? {}) });
  change.live('detection', act.subjectId);
}

/** What was changed, entry by entry: `hidden_text = BLOCK`. */
function summaryOf(
  changed: DetectionInputModel & ToolDetectionInputModel,
): Record<string, string | string[]> {
  const lines: Record<string, readonly string[] | undefined> = {
    bySeverity: changed.bySeverity?.map(({ severity, mode }) => `${severity} = ${mode ?? 'default'}`),
    byTier: changed.byTier?.map(({ tier, mode }) => `${tier} = ${mode ?? 'default'}`),
    byCode: changed.byCode?.map(({ code, mode }) => `${code} = ${mode ?? 'default'}`),
    outbound: actionLines(changed.outbound),
    inbound: actionLines(changed.inbound),
    roles: changed.roles?.map(({ pointer, role }) => `${pointer} = ${role}`),
    tags: changed.tags ?? undefined,
    restoreTokens: changed.restoreTokens ? [changed.restoreTokens] : undefined,
  };
  const said = Object.entries(lines).flatMap(([name, list]) =>
    list === undefined ? [] : [[name, list.slice(0, maxSummary)] as const],
  );
  return Object.fromEntries(said.map(([name, list]) => [name, [...list]]));
}

function actionLines(input: DetectionInputModel['inbound']): readonly string[] | undefined {
  if (!input) return undefined;
  return [
    ...(input.byClass ?? []).map((entry) => `${entry.class} = ${entry.action ?? 'default'}`),
    ...(input.byType ?? []).map(({ type, action }) => `${type} = ${action ?? 'default'}`),
  ];
}

/** Codes that a mode may name: of rules, of types, of the tenant's own rules, and any that was ever counted. */
export async function knownCodes(tx: TenantTx): Promise<IsKnownCode> {
  const own = await tx.detectionRule.findMany({ select: { code: true } });
  const seen = await tx.detectionCount.findMany({ distinct: ['code'], select: { code: true }, take: 1_000 });
  const codes = new Set([...own, ...seen].map((row) => row.code));
  return (code) =>
    Object.hasOwn(knownRules, code) ||
    Object.hasOwn(modelRules, code) ||
    (code.startsWith(sensitivePrefix) && code.length < 80) ||
    codes.has(code);
}

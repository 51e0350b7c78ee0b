import { AppError } from '@sallyport/kernel';
import { detectionLimits } from '@sallyport/snapshot';
import type { Actor } from '../access/session.ts';
import type { TenantTx } from '../platform/database.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { type CheckedRule, readRule, ruleFault } from './check-custom-rule.ts';
import type { CustomRuleInputModel } from './custom-rule.model.ts';

/** Creates, edits and deletes rules of the tenant. One that does not compile is never stored. */
export class SaveCustomRule {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `invalid_input`, `conflict` (code taken), `not_found` */
  async create(actor: Actor, input: CustomRuleInputModel): Promise<string> {
    const rule = readRule(input);
    return this.changes.run(actor, async (change) => {
      const { tenantId, userId } = actor;
      const { maxCustomRules } = detectionLimits;
      if ((await change.tx.detectionRule.count()) >= maxCustomRules) {
        throw ruleFault('code', `a tenant has at most ${maxCustomRules} rules of its own`);
      }
      await requireTools(change.tx, rule.toolIds);
      const row = await change.tx.detectionRule.create({
        data: { ...toData(rule), tenantId, updatedBy: userId },
      });
      await change.receipt({
        action: 'detection.rule.create',
        subjectKind: 'detectionRule',
        subjectId: row.id,
        summary: { code: row.code, kind: row.kind, enabled: row.enabled },
      });
      change.live('detection', row.id);
      await change.config(`rule ${row.code}`);
      return row.id;
    });
  }

  /** Edits the version the person saw. @throws AppError `conflict`, `invalid_input`, `not_found` */
  async update(actor: Actor, id: string, version: number, input: CustomRuleInputModel): Promise<void> {
    const rule = readRule(input);
    await this.changes.run(actor, async (change) => {
      const known = await findRule(change.tx, actor.tenantId, id);
      if (known.code !== rule.code) throw ruleFault('code', 'a code stays: modes and counts go by it');
      await requireTools(change.tx, rule.toolIds);
      const done = await change.tx.detectionRule.updateMany({
        where: { id, version },
        data: { ...toData(rule), version: version + 1, updatedBy: actor.userId },
      });
      if (done.count !== 1) {
        throw new AppError('conflict', 'the rule was changed meanwhile', {
          details: { seen: version, now: known.version },
        });
      }
      await change.receipt({
        action: 'detection.rule.update',
        subjectKind: 'detectionRule',
        subjectId: id,
        summary: { code: rule.code, kind: rule.kind, enabled: rule.enabled, version: version + 1 },
      });
      change.live('detection', id);
      await change.config(`rule ${rule.code}`);
    });
  }

  /** @throws AppError `not_found` */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const known = await findRule(change.tx, actor.tenantId, id);
      await change.tx.detectionRule.delete({ where: { tenantId_id: { tenantId: actor.tenantId, id } } });
      await change.receipt({
        action: 'detection.rule.delete',
        subjectKind: 'detectionRule',
        subjectId: id,
        summary: { code: known.code },
      });
      change.live('detection', id);
      await change.config(`rule ${known.code} deleted`);
    });
  }
}

function toData({ toolIds, surfaces, ...rule }: CheckedRule) {
  return { ...rule, surfaces: [...surfaces], toolIds: [...(toolIds ?? [])] };
}

async function findRule(tx: TenantTx, tenantId: string, id: string) {
  const row = await tx.detectionRule.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!row) throw new AppError('not_found', undefined, { details: { kind: 'detectionRule' } });
  return row;
}

/** The rows of tools carry no reference from here: that each is one of this tenant is looked up. */
async function requireTools(tx: TenantTx, toolIds: readonly string[] | null): Promise<void> {
  if (toolIds === null) return;
  const found = await tx.tool.count({ where: { id: { in: [...toolIds] } } });
  if (found !== toolIds.length) throw new AppError('not_found', undefined, { details: { kind: 'tool' } });
}

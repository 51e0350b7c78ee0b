import { AppError } from '@sallyport/kernel';
import { snapshotLimits } from '@sallyport/snapshot';
import type { Actor } from '../access/session.ts';
import { readName } from '../platform/reason.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { PolicyChecker } from './policy-checker.ts';

export interface PolicyInput {
  readonly name: string;
  readonly text: string;
  readonly enabled: boolean;
}

/** Creates and edits policies. A text that does not compile is never stored. */
export class SavePolicy {
  constructor(
    private readonly changes: TenantChanges,
    private readonly checker: PolicyChecker,
  ) {}

  /** @throws AppError `policy_invalid`, `conflict` (name taken), `invalid_input` */
  async create(actor: Actor, input: PolicyInput): Promise<string> {
    const checked = await this.read(input);
    return this.changes.run(actor, async (change) => {
      const { tenantId, userId } = actor;
      const count = await change.tx.policy.count();
      if (count >= snapshotLimits.maxPolicies) {
        throw new AppError('invalid_input', `a tenant has at most ${snapshotLimits.maxPolicies} policies`);
      }
      const policy = await change.tx.policy.create({ data: { ...checked, tenantId, updatedBy: userId } });
      await change.config(`policy ${policy.name}`);
      await change.receipt({
        action: 'policy.create',
        subjectKind: 'policy',
        subjectId: policy.id,
        summary: { name: policy.name, enabled: policy.enabled },
      });
      change.live('policy', policy.id);
      return policy.id;
    });
  }

  /** Edits the version the person saw. @throws AppError `conflict` when somebody else was faster */
  async update(actor: Actor, id: string, version: number, input: PolicyInput): Promise<void> {
    const checked = await this.read(input);
    await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      const known = await change.tx.policy.findUnique({ where });
      if (!known) throw new AppError('not_found', undefined, { details: { kind: 'policy' } });
      const done = await change.tx.policy.updateMany({
        where: { id, version },
        data: { ...checked, version: version + 1, updatedBy: actor.userId },
      });
      if (done.count !== 1) {
        throw new AppError('conflict', 'the policy was changed meanwhile', {
          details: { seen: version, now: known.version },
        });
      }
      await change.config(`policy ${checked.name}`);
      await change.receipt({
        action: 'policy.update',
        subjectKind: 'policy',
        subjectId: id,
        summary: { name: checked.name, enabled: checked.enabled, version: version + 1 },
      });
      change.live('policy', id);
    });
  }

  private async read(input: PolicyInput): Promise<PolicyInput> {
    const name = readName(input.name);
    const bytes = Buffer.byteLength(input.text);
    if (bytes > snapshotLimits.maxPolicyBytes) {
      throw new AppError('invalid_input', `a policy has at most ${snapshotLimits.maxPolicyBytes} bytes`, {
        details: { field: 'text', bytes, max: snapshotLimits.maxPolicyBytes },
      });
    }
    const problems = await this.checker.check(input.text);
    if (problems.length > 0)
      throw new AppError('policy_invalid', problems[0]?.message, { details: { problems } });
    return { name, text: input.text, enabled: input.enabled };
  }
}

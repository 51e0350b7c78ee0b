import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import { readName } from '../platform/reason.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';

export interface AgentInput {
  readonly name: string;
  readonly roles: readonly string[];
  readonly customerId: string | null;
}

const rolePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Creates and edits agents. */
export class SaveAgent {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `invalid_input`, `conflict` (name taken), `not_found` (customer) */
  async create(actor: Actor, input: AgentInput): Promise<string> {
    const data = readAgent(input);
    return this.changes.run(actor, async (change) => {
      const agent = await change.tx.agent.create({
        data: { ...data, tenantId: actor.tenantId, ownerMemberId: actor.memberId },
      });
      await change.config(`agent ${agent.name}`);
      await change.receipt({
        action: 'agent.create',
        subjectKind: 'agent',
        subjectId: agent.id,
        summary: { name: data.name, roles: data.roles },
      });
      change.live('agent', agent.id);
      return agent.id;
    });
  }

  /** @throws AppError `not_found`, `invalid_input`, `conflict` */
  async update(actor: Actor, id: string, input: AgentInput): Promise<void> {
    const data = readAgent(input);
    await this.changes.run(actor, async (change) => {
      await change.tx.agent.update({ where: { tenantId_id: { tenantId: actor.tenantId, id } }, data });
      await change.config(`agent ${data.name}`);
      await change.receipt({
        action: 'agent.update',
        subjectKind: 'agent',
        subjectId: id,
        summary: { name: data.name, roles: data.roles },
      });
      change.live('agent', id);
    });
  }
}

function readAgent(input: AgentInput): { name: string; roles: string[]; customerId: string | null } {
  const roles = [...new Set(input.roles.map((role) => role.trim()))];
  if (roles.length > 20 || roles.some((role) => !rolePattern.test(role))) {
    throw new AppError('invalid_input', 'roles: at most 20, of A-Z a-z 0-9 _ . -', {
      details: { field: 'roles' },
    });
  }
  return { name: readName(input.name), roles, customerId: input.customerId };
}

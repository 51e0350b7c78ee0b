import { AppError } from '@sallyport/kernel';
import { readName } from '../platform/reason.ts';
import type { Author, TenantChanges } from '../platform/tenant-changes.ts';
import { hashSecret, newSecret } from '../sign-in/secrets.ts';

export interface NewApiKey {
  readonly agentId: string;
  readonly name: string;
  /** `null` = every endpoint of the tenant. */
  readonly endpointId: string | null;
  readonly expiresInDays: number | null;
  /** An exact end instead, for keys that live minutes. */
  readonly expiresAtMs?: number;
}

export interface MadeApiKey {
  readonly id: string;
  /** Shown once; only its hash is stored. */
  readonly secret: string;
}

const dayMs = 24 * 3_600_000;

/** Makes a key: `sp_` and 256 random bits. Its prefix names nobody. */
export class CreateApiKey {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found` (agent, endpoint), `invalid_input` */
  async execute(author: Author, input: NewApiKey, given?: string): Promise<MadeApiKey> {
    const name = readName(input.name);
    const days = input.expiresInDays;
    if (days !== null && (days < 1 || days > 3650)) {
      throw new AppError('invalid_input', 'a key lives 1 to 3650 days', {
        details: { field: 'expiresInDays' },
      });
    }
    const secret = given ?? `sp_${newSecret()}`;
    return this.changes.run(author, async (change) => {
      const { tenantId, userId } = author;
      const agent = await change.tx.agent.findUnique({
        where: { tenantId_id: { tenantId, id: input.agentId } },
      });
      if (!agent) throw new AppError('not_found', undefined, { details: { kind: 'agent' } });
      const key = await change.tx.apiKey.create({
        data: {
          tenantId,
          agentId: agent.id,
          endpointId: input.endpointId,
          name,
          prefix: secret.slice(0, 9),
          hash: hashSecret(secret),
          createdBy: userId,
          createdAt: change.at,
          expiresAt: endOf(input, change.at),
        },
      });
      await change.config(`key for ${agent.name}`);
      await change.receipt({
        action: 'key.create',
        subjectKind: 'apiKey',
        subjectId: key.id,
        summary: { name, agent: agent.name, prefix: key.prefix },
      });
      change.live('agent', agent.id);
      return { id: key.id, secret };
    });
  }
}

function endOf({ expiresAtMs, expiresInDays }: NewApiKey, at: Date): Date | null {
  if (expiresAtMs !== undefined) return new Date(expiresAtMs);
  return expiresInDays === null ? null : new Date(at.getTime() + expiresInDays * dayMs);
}

import type { Policy } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';

export interface PolicyRow extends Policy {
  readonly hits7d: number;
}

/** Queries behind the policies' pages. */
export class PoliciesReadModel {
  constructor(private readonly db: Database) {}

  /** Every policy of a tenant with how often it decided in seven days. */
  async list(tenantId: string, now: Date): Promise<readonly PolicyRow[]> {
    const since = new Date(now.getTime() - 7 * 24 * 3_600_000);
    return this.db.withTenant(tenantId, async (tx) => {
      const rows = await tx.policy.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
      const hits = await tx.policyDay.groupBy({
        by: ['policyId'],
        where: { day: { gte: since } },
        _sum: { hits: true },
      });
      const byId = new Map(hits.map((row) => [row.policyId, row._sum.hits ?? 0]));
      return rows.map((row) => ({ ...row, hits7d: byId.get(row.id) ?? 0 }));
    });
  }

  /** @throws AppError `not_found` */
  async byId(tenantId: string, id: string, now: Date): Promise<PolicyRow> {
    const row = (await this.list(tenantId, now)).find((policy) => policy.id === id);
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'policy' } });
    return row;
  }
}

/** `permit`, `forbid` or `mixed`: what the texts of a policy do, for the list. */
export function effectOf(text: string): string {
  const bare = text.replace(/\/\/[^\n]*/g, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const permits = /\bpermit\s*\(/.test(bare);
  const forbids = /\bforbid\s*\(/.test(bare);
  if (permits && forbids) return 'mixed';
  return forbids ? 'forbid' : 'permit';
}

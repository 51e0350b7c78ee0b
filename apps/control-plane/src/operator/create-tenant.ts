import { appendAdminReceipt, appendOutbox } from '@sallyport/db';
import { AppError, type Clock, type TenantId } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';
import { readName } from '../platform/reason.ts';
import { defaultPolicy } from '../policies/policy-templates.ts';

const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
/** Paths of our own that a tenant's slug must not shadow. */
const reservedSlugs = new Set(['key', 'healthz', 'readyz', 'metrics', 'auth', 'graphql', 'live', 'internal']);

/** Makes a tenant with what every tenant starts with: endpoint `main` and the policy that allows what is approved. */
export class CreateTenant {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `invalid_input`, `conflict` (slug taken) */
  async execute(operatorId: string | null, slug: string, nameText: string): Promise<TenantId> {
    const name = readName(nameText);
    if (!slugPattern.test(slug) || reservedSlugs.has(slug)) {
      throw new AppError('invalid_input', 'a slug has 1 to 40 of a-z, 0-9 and -, and is not reserved', {
        details: { field: 'slug' },
      });
    }
    const at = new Date(this.clock.nowMs());
    const tenantId = await this.db.withSystem('operator', async (tx) => {
      const tenant = await tx.tenant.create({ data: { slug, name } });
      await appendAdminReceipt(tx, {
        tenantId: tenant.id,
        at,
        action: 'tenant.create',
        actorUserId: operatorId,
        subjectKind: 'tenant',
        subjectId: tenant.id,
        summary: { slug, name },
      });
      return tenant.id;
    });
    await this.furnish(tenantId);
    return tenantId as TenantId;
  }

  /** Adds what is missing of the first things; safe to repeat. */
  async furnish(tenantId: string): Promise<void> {
    await this.db.withTenant(tenantId, async (tx) => {
      const known = await tx.endpoint.count({ where: { slug: 'main' } });
      if (known > 0) return;
      await tx.endpoint.create({ data: { tenantId, slug: 'main', name: 'Main' } });
      await tx.policy.create({ data: { tenantId, ...defaultPolicy } });
      await appendOutbox(tx, { tenantId, kind: 'config', payload: { note: 'created', by: null } });
    });
  }
}

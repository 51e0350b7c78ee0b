import type { Endpoint } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';

/** Where agents connect: `/{tenant}/{endpoint}/key/mcp`. */
export function endpointUrl(gatewayUrl: string, tenantSlug: string, endpointSlug: string): string {
  return `${gatewayUrl}/${tenantSlug}/${endpointSlug}/key/mcp`;
}

/** Queries for endpoints. */
export class EndpointsReadModel {
  constructor(private readonly db: Database) {}

  /** Every endpoint, and how many tools agents find there. */
  async list(
    tenantId: string,
  ): Promise<{ readonly endpoints: readonly Endpoint[]; readonly toolCount: number }> {
    return this.db.withTenant(tenantId, async (tx) => {
      const endpoints = await tx.endpoint.findMany({ orderBy: { createdAt: 'asc' } });
      const toolCount = await tx.tool.count({
        where: { state: { in: ['approved', 'drifted'] }, server: { state: 'published' } },
      });
      return { endpoints, toolCount };
    });
  }

  /** The named endpoint, or `main`. @throws AppError `not_found` */
  async find(tenantId: string, id: string | null): Promise<Endpoint> {
    const row = await this.db.withTenant(tenantId, (tx) =>
      tx.endpoint.findFirst({ where: id ? { id } : { slug: 'main' } }),
    );
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'endpoint' } });
    return row;
  }
}

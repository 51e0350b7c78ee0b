import { installationTenantId } from '@sallyport/snapshot';
import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import type { PublisherLog } from './publisher.ts';
import type { RevocationFeed } from './revocation-feed.ts';
import type { WorkerAcks } from './worker-acks.ts';

/** Compares what Redis holds with what Postgres says, and puts back what is missing, old or not ours. */
export class RedisHealer {
  private turns = 0;

  constructor(
    private readonly db: Database,
    private readonly bus: Bus,
    private readonly revocations: RevocationFeed,
    private readonly acks: WorkerAcks,
    private readonly log: PublisherLog,
  ) {}

  async heal(): Promise<void> {
    // First what workers refused: healing is about to take the reason away, and the console shall still name it.
    await this.acks.read();
    const heads = await this.db.withSystem('publisher', (tx) =>
      tx.publicationHead.findMany({ select: { tenantId: true, version: true, revSeq: true } }),
    );
    // Every turn by version; every fifth also by content: somebody may have written an envelope with our version.
    const isDeep = this.turns % 5 === 0;
    this.turns += 1;
    const inRedis = await this.bus.heads();
    for (const head of heads) {
      if (head.version === 0) continue;
      if (!isDeep && inRedis.get(head.tenantId) === head.version) continue;
      await this.healTenant(head.tenantId, head.version, inRedis.get(head.tenantId));
    }
    await this.healInstallation(inRedis.get(installationTenantId));
    const lists = await this.bus.revocationLists();
    for (const head of heads) {
      if (head.revSeq === 0) continue;
      const isHealed = await this.revocations.heal(head.tenantId, lists.get(head.tenantId) ?? []);
      if (isHealed) this.log.warn({ tenantId: head.tenantId }, 'revocations put back into Redis');
    }
  }

  private async healTenant(tenantId: string, version: number, found: number | undefined): Promise<void> {
    const row = await this.db.withSystem('publisher', (tx) =>
      tx.snapshotVersion.findUnique({
        where: { tenantId_version: { tenantId, version } },
        select: { envelope: true },
      }),
    );
    if (row) await this.put(tenantId, version, row.envelope, found);
  }

  private async healInstallation(found: number | undefined): Promise<void> {
    const row = await this.db.withSystem('publisher', (tx) =>
      tx.installationVersion.findFirst({ orderBy: { version: 'desc' } }),
    );
    if (row) await this.put(installationTenantId, row.version, row.envelope, found);
  }

  private async put(
    tenantId: string,
    version: number,
    text: string,
    found: number | undefined,
  ): Promise<void> {
    if (found === version && (await this.bus.holdsEnvelope(tenantId, text))) return;
    await this.bus.putEnvelope(tenantId, version, text);
    this.log.warn({ tenantId, version, found: found ?? null }, 'configuration put back into Redis');
  }
}

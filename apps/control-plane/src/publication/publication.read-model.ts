import type { WorkerAck } from '@sallyport/bus';
import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';
import type { PublicationModel, SnapshotInfoModel } from './publication.model.ts';
import type { WorkerAcks } from './worker-acks.ts';

interface HeadRow {
  readonly version: number;
  readonly revSeq: number;
  readonly publishedAt: Date | null;
}

/** "Live on n of m", and what was published before. */
export class PublicationReadModel {
  constructor(
    private readonly db: Database,
    private readonly acks: WorkerAcks,
  ) {}

  /** A tenant's publication for its members. */
  async forTenant(tenantId: string): Promise<PublicationModel> {
    const { head, history, waiting } = await this.db.withTenant(tenantId, async (tx) => {
      const row = await tx.publicationHead.findUnique({ where: { tenantId } });
      // What was saved and not published yet is live nowhere, whatever version the workers run on.
      const pending = await tx.outbox.count({ where: { tenantId, kind: 'config', doneAt: null } });
      const versions = await tx.snapshotVersion.findMany({
        orderBy: { version: 'desc' },
        take: 20,
        omit: { envelope: true },
      });
      const ids = versions.flatMap((version) => version.publishedBy ?? []);
      const users = await tx.user.findMany({
        where: { id: { in: ids } },
        select: { id: true, displayName: true },
      });
      const names = new Map(users.map((user) => [user.id, user.displayName]));
      return {
        head: row,
        waiting: pending > 0,
        history: versions.map((version) => ({
          version: version.version,
          digest: version.digest,
          at: version.createdAt,
          by: version.publishedBy ? (names.get(version.publishedBy) ?? null) : null,
          note: version.note,
        })),
      };
    });
    const seen = this.withWorkers(tenantId, head, history, await this.acks.read());
    return waiting ? { ...seen, workersLive: 0 } : seen;
  }

  /** The same for operators, who may not see who did what in a tenant. */
  async forOperator(tenantId: string): Promise<PublicationModel> {
    const { head, history } = await this.db.withSystem('operator', async (tx) => {
      const row = await tx.publicationHead.findUnique({ where: { tenantId } });
      const versions = await tx.snapshotVersion.findMany({
        where: { tenantId },
        orderBy: { version: 'desc' },
        take: 20,
      });
      return {
        head: row,
        history: versions.map(({ version, digest, createdAt }) => ({ version, digest, at: createdAt })),
      };
    });
    return this.withWorkers(tenantId, head, history, await this.acks.recent());
  }

  private withWorkers(
    tenantId: string,
    head: HeadRow | null,
    history: readonly SnapshotInfoModel[],
    seen: readonly WorkerAck[],
  ): PublicationModel {
    if (!head) throw new AppError('not_found');
    const workers = seen.map((worker) => {
      const ack = worker.tenants.get(tenantId);
      return {
        id: worker.workerId,
        version: ack?.v ?? null,
        revSeq: ack?.rev ?? null,
        state: ack?.state ?? 'waiting',
        reason: ack?.state === 'refused' ? ack.reason : null,
        lastSeenAt: new Date(worker.atMs),
      };
    });
    const isLive = (worker: (typeof workers)[number]): boolean =>
      (worker.version ?? 0) >= head.version && (worker.revSeq ?? 0) >= head.revSeq;
    return {
      version: head.version,
      revSeq: head.revSeq,
      digest: history[0]?.digest ?? '',
      at: head.publishedAt,
      workersLive: head.version === 0 ? 0 : workers.filter(isLive).length,
      workersTotal: workers.length,
      workers,
      refusals: this.acks.refusalsOf(tenantId),
      history,
    };
  }
}

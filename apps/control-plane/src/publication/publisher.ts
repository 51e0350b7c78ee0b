import { isAppError } from '@sallyport/kernel';
import { installationTenantId } from '@sallyport/snapshot';
import { z } from 'zod';
import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import type { AfterCommit } from '../platform/tenant-changes.ts';
import type { PublishInstallation } from './publish-installation.ts';
import type { PublishedVersion, PublishRequest, PublishTenant } from './publish-tenant.ts';
import type { RevocationFeed } from './revocation-feed.ts';

interface OutboxRow {
  readonly id: bigint;
  readonly tenantId: string | null;
  readonly kind: string;
  readonly payload: unknown;
}

export interface PublisherLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface PublisherDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly tenants: PublishTenant;
  readonly installation: PublishInstallation;
  readonly revocations: RevocationFeed;
  readonly observe: (tenantId: string, payload: unknown) => Promise<void>;
  readonly live: AfterCommit['live'];
  readonly log: PublisherLog;
}

const payloadSchema = z.object({ note: z.string().catch('change'), by: z.string().nullable().catch(null) });
const maxAttempts = 5;

type Handled = 'done' | 'failed' | 'refused';

/** Drains the outbox: what was committed reaches the workers, once, in order, and again if it got lost. */
export class Publisher {
  constructor(private readonly deps: PublisherDeps) {}

  /** Acts on everything that waits. Returns whether there was anything. */
  async drain(): Promise<boolean> {
    const rows = await this.claim();
    const byTenant = Map.groupBy(rows, (row) => row.tenantId);
    for (const [tenantId, own] of byTenant) {
      await this.settle(own, await this.handle(tenantId, own));
    }
    return rows.length > 0;
  }

  /** Publishes a tenant now, from its rows or with the content of an older version. */
  async publishNow(request: PublishRequest): Promise<PublishedVersion | undefined> {
    const published = await this.deps.tenants.execute(request);
    if (published) await this.announce(request.tenantId, published);
    return published;
  }

  /** Says what became of the rows: `failed` ones are tried again, `refused` ones only a few times. */
  private async handle(tenantId: string | null, rows: readonly OutboxRow[]): Promise<Handled> {
    try {
      if (tenantId === null) {
        await this.publishInstallationNow();
        return 'done';
      }
      if (rows.some((row) => row.kind === 'revocation')) await this.pushRevocations(tenantId);
      for (const row of rows) {
        if (row.kind === 'observation') await this.deps.observe(tenantId, row.payload);
      }
      const configs = rows.filter((row) => row.kind === 'config');
      const last = configs.at(-1);
      if (last) {
        const notes = [...new Set(configs.map((row) => payloadSchema.parse(row.payload).note))];
        await this.publishNow({
          tenantId,
          note: notes.join('; ').slice(0, 500),
          by: payloadSchema.parse(last.payload).by,
        });
      }
      return 'done';
    } catch (cause) {
      const code = isAppError(cause) ? cause.code : 'internal_error';
      this.deps.log.error({ tenantId, code, err: cause }, 'a change could not be published');
      return code === 'snapshot_refused' ? 'refused' : 'failed';
    }
  }

  /** Publishes the installation's own envelope when its list changed. */
  async publishInstallationNow(): Promise<void> {
    const published = await this.deps.installation.execute();
    if (published) await this.announce(installationTenantId, published);
  }

  /** Without Redis the marks stay in Postgres; the healer brings them. */
  private async pushRevocations(tenantId: string): Promise<void> {
    try {
      await this.deps.revocations.push(tenantId);
    } catch (cause) {
      this.deps.log.warn({ tenantId, err: cause }, 'a revocation waits for Redis');
    }
  }

  /** A lost Redis is no failure: the version is stored, and the healer brings it there. */
  private async announce(tenantId: string, published: PublishedVersion): Promise<void> {
    try {
      await this.deps.bus.putEnvelope(tenantId, published.version, published.text);
    } catch (cause) {
      this.deps.log.warn({ tenantId, err: cause }, 'the configuration waits for Redis');
    }
    this.deps.log.info({ tenantId, version: published.version }, 'published');
    this.deps.live(tenantId, 'publication', String(published.version));
  }

  private async claim(): Promise<readonly OutboxRow[]> {
    return this.deps.db.withSystem('publisher', async (tx) => {
      // One publisher at a time: whoever holds the lock looks; the others look again at their next turn.
      const locks = await tx.$queryRaw<{ held: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtext('sallyport publisher')) AS held`;
      if (!locks[0]?.held) return [];
      return tx.outbox.findMany({
        where: { doneAt: null, attempts: { lt: maxAttempts } },
        orderBy: { id: 'asc' },
        take: 500,
      });
    });
  }

  private async settle(rows: readonly OutboxRow[], handled: Handled): Promise<void> {
    // The database was away, or busy: the next turn finds the same rows.
    if (handled === 'failed') return;
    const where = { id: { in: rows.map((row) => row.id) } };
    await this.deps.db.withSystem('publisher', async (tx) => {
      if (handled === 'done') await tx.outbox.updateMany({ where, data: { doneAt: new Date() } });
      else await tx.outbox.updateMany({ where, data: { attempts: { increment: 1 } } });
    });
  }
}

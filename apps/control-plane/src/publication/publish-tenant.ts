import { createHash } from 'node:crypto';
import { AppError, canonicalJson } from '@sallyport/kernel';
import {
  buildSnapshot,
  type Envelope,
  envelopeText,
  parseSnapshot,
  type SignText,
  signEnvelope,
  snapshotBody,
  type TenantSnapshot,
} from '@sallyport/snapshot';
import type { Database, PublisherTx } from '../platform/database.ts';
import { type Reseal, readSnapshotRows } from './snapshot-rows.ts';

/** What a self-check asks of the policies before anything is signed; empty = all compile. */
export type CheckPolicies = (policies: TenantSnapshot['policies']) => Promise<readonly string[]>;

export interface PublishDeps {
  readonly db: Database;
  readonly sign: SignText;
  readonly kid: string;
  readonly reseal: Reseal;
  readonly checkPolicies: CheckPolicies;
}

export interface PublishRequest {
  readonly tenantId: string;
  readonly note: string;
  readonly by: string | null;
  /** Content of this version again, instead of the rows (rollback). */
  readonly contentOf?: number;
}

export interface PublishedVersion {
  readonly version: number;
  readonly text: string;
}

/** Rows → snapshot → self-check → signature → `snapshot_version`, in one transaction. */
export class PublishTenant {
  constructor(private readonly deps: PublishDeps) {}

  /**
   * Publishes a tenant; nothing when its content is what the newest version already holds.
   * @throws AppError `snapshot_refused` when the result would not be taken by a worker
   */
  async execute(request: PublishRequest): Promise<PublishedVersion | undefined> {
    return this.deps.db.withSystem('publisher', async (tx) => {
      const { tenantId } = request;
      // Locked until the commit: versions have no gaps, and no revocation gets a number in between.
      const heads = await tx.$queryRaw<{ version: number; rev_seq: number }[]>`
        SELECT version, rev_seq FROM publication_head WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
      const head = heads[0];
      if (!head) throw new AppError('not_found');
      const next = { version: head.version + 1, revSeq: head.rev_seq };
      const rows = await readSnapshotRows(tx, tenantId, next, this.deps.reseal);
      const current = buildSnapshot(rows);
      const snapshot = request.contentOf ? await rollBack(tx, current, request.contentOf) : current;
      const before = await newestBody(tx, tenantId, head.version);
      if (before !== undefined && withoutVersion(before) === withoutVersion(snapshotBody(snapshot)))
        return undefined;
      return this.store(tx, request, snapshot);
    });
  }

  private async store(
    tx: PublisherTx,
    request: PublishRequest,
    snapshot: TenantSnapshot,
  ): Promise<PublishedVersion> {
    const { tenantId } = request;
    const { version, revSeq } = snapshot;
    const body = snapshotBody(snapshot);
    await this.selfCheck(body, snapshot);
    const { sign, kid } = this.deps;
    const text = envelopeText(signEnvelope({ kid, tenantId, version, revSeq, kind: 'config', body, sign }));
    const digest = createHash('sha256').update(body).digest('hex');
    await tx.snapshotVersion.createMany({
      data: [
        { tenantId, version, digest, envelope: text, revSeq, note: request.note, publishedBy: request.by },
      ],
    });
    await tx.publicationHead.updateMany({ where: { tenantId }, data: { version, publishedAt: new Date() } });
    return { version, text };
  }

  private async selfCheck(body: string, snapshot: TenantSnapshot): Promise<void> {
    const parsed = parseSnapshot(body);
    if (parsed.kind === 'invalid') {
      const { reason, detail } = parsed;
      throw new AppError('snapshot_refused', `the self-check failed: ${detail}`, {
        details: { reason, detail },
      });
    }
    const problems = await this.deps.checkPolicies(snapshot.policies);
    if (problems.length > 0) {
      throw new AppError('snapshot_refused', `a policy does not compile: ${problems[0]}`, {
        details: { problems },
      });
    }
  }
}

/** The body of the newest version, as text. */
async function newestBody(tx: PublisherTx, tenantId: string, version: number): Promise<string | undefined> {
  if (version === 0) return undefined;
  const row = await tx.snapshotVersion.findUniqueOrThrow({
    where: { tenantId_version: { tenantId, version } },
  });
  return (JSON.parse(row.envelope) as Envelope).body;
}

function withoutVersion(body: string): string {
  return canonicalJson({ ...(JSON.parse(body) as object), version: 0 });
}

/**
 * The content of an older version, less what has been taken away since: a rollback brings back policies, tools and
 * settings, never a right that was revoked.
 */
async function rollBack(tx: PublisherTx, current: TenantSnapshot, version: number): Promise<TenantSnapshot> {
  const { tenantId } = current;
  const row = await tx.snapshotVersion.findUnique({ where: { tenantId_version: { tenantId, version } } });
  if (!row) throw new AppError('not_found', undefined, { details: { kind: 'snapshot', version } });
  const parsed = parseSnapshot((JSON.parse(row.envelope) as Envelope).body);
  if (parsed.kind === 'invalid') throw new AppError('snapshot_refused', parsed.detail);
  return withoutRevoked(parsed.snapshot, current);
}

/** Keeps of an old snapshot only the subjects that are live now. */
export function withoutRevoked(old: TenantSnapshot, current: TenantSnapshot): TenantSnapshot {
  const idsOf = (rows: readonly { readonly id: string }[]): ReadonlySet<string> =>
    new Set(rows.map((row) => row.id));
  const servers = idsOf(current.servers);
  const agents = idsOf(current.agents);
  const keys = idsOf(current.keys);
  const customers = idsOf(current.customers);
  const tools = old.tools.filter((row) => servers.has(row.serverId));
  const toolIds: ReadonlySet<string> = idsOf(tools);
  return {
    ...old,
    version: current.version,
    revSeq: current.revSeq,
    state: current.state,
    slug: current.slug,
    servers: old.servers.filter((row) => servers.has(row.id)),
    tools,
    endpoints: old.endpoints.map((row) => ({
      ...row,
      items: row.items.filter(({ toolId }) => toolIds.has(toolId)),
    })),
    agents: old.agents.filter((row) => agents.has(row.id)),
    customers: old.customers.filter((row) => customers.has(row.id)),
    keys: old.keys.filter((row) => keys.has(row.id)),
    detection: {
      ...old.detection,
      tools: Object.fromEntries(Object.entries(old.detection.tools).filter(([id]) => toolIds.has(id))),
      // A credential is no setting: one that was replaced does not come back.
      external: current.detection.external,
    },
  };
}

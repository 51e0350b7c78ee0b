import { AppError, type ServerId } from '@sallyport/kernel';
import { isServerSlug, proposeServerSlug } from '@sallyport/mcp';
import type { Actor } from '../access/session.ts';
import { readName } from '../platform/reason.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { StartVetting } from '../vetting/start-vetting.ts';
import type { ConnectionStore } from './connection.store.ts';
import { type ConnectionSettings, readConnection } from './connection-settings.ts';
import { moveServer } from './server-state.ts';
import { readServerUrl } from './server-url.ts';

export interface RegisterServerInput {
  readonly name: string;
  readonly slug?: string | null;
  readonly url: string;
  readonly connection?: ConnectionSettings | null;
}

/** Takes a server into the catalog and has it vetted: row, receipt and run in one transaction. */
export class RegisterServer {
  constructor(
    private readonly changes: TenantChanges,
    private readonly connections: ConnectionStore,
    private readonly vetting: StartVetting,
    private readonly ownPorts: readonly number[],
  ) {}

  /** @throws AppError `invalid_input`, `conflict` (slug taken), `egress_denied` (own port) */
  async execute(actor: Actor, input: RegisterServerInput): Promise<ServerId> {
    const name = readName(input.name);
    const address = readServerUrl(input.url, this.ownPorts);
    const connection = readConnection(input.connection ?? { kind: 'NONE' }, { isNew: true });
    if (input.slug && !isServerSlug(input.slug)) throw invalid('slug', 'use a-z, 0-9 and - or _, at most 32');
    const made = await this.changes.run(actor, async (change) => {
      const slug = input.slug ?? (await freeSlug(change.tx, name));
      const taken = await change.tx.server.count({ where: { slug } });
      if (taken > 0)
        throw new AppError('conflict', 'this slug is taken', { details: { field: 'slug', slug } });
      const server = await change.tx.server.create({
        data: {
          tenantId: actor.tenantId,
          slug,
          name: name,
          url: address.url,
          state: moveServer('draft', 'vet_started'),
          ownerMemberId: actor.memberId,
        },
      });
      await this.connections.create(change.tx, { tenantId: actor.tenantId, serverId: server.id, connection });
      await change.receipt({
        action: 'server.register',
        subjectKind: 'server',
        subjectId: server.id,
        summary: { slug, name: name, url: address.url, connection: connection.kind },
      });
      const run = await this.vetting.queue(change, server.id, 'vet');
      change.live('server', server.id);
      return { serverId: server.id, runId: run.id };
    });
    await this.vetting.enqueue(actor.tenantId, made.runId);
    return made.serverId as ServerId;
  }
}

function invalid(field: string, reason: string): AppError {
  return new AppError('invalid_input', reason, { details: { field, reason } });
}

interface SlugReader {
  readonly server: {
    findMany(args: { where: object; select: { slug: true } }): PromiseLike<{ slug: string }[]>;
  };
}

/** The name's slug, or the first of `slug-2`, `slug-3`, … that is free. */
async function freeSlug(tx: SlugReader, name: string): Promise<string> {
  const base = proposeServerSlug(name)
    .slice(0, 28)
    .replace(/[-_]+$/, '');
  const rows = await tx.server.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } });
  const taken = new Set(rows.map((row) => row.slug));
  if (!taken.has(base)) return base;
  for (let n = 2; ; n += 1) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}

import type { Database, SystemTransaction } from '@sallyport/db';
import type { Vault } from '@sallyport/vault';
import type { NeighbourServer, VettedServer } from '@sallyport/vetting';
import type { Credential } from './relay.ts';

export interface RunKey {
  readonly tenantId: string;
  readonly runId: string;
}

/** What a run needs to know, read in one transaction. */
export interface RunFacts {
  readonly serverId: string;
  readonly kind: 'vet' | 'recheck';
  /** Asked for by a person, not by the timer. */
  readonly isAsked: boolean;
  readonly server: VettedServer;
  readonly neighbours: readonly NeighbourServer[];
  /** `kind name` → canonical text of what is approved of this server. */
  readonly approved: Readonly<Record<string, string>>;
  readonly credential: () => Credential;
  readonly credentialKind: Credential['kind'];
}

const maxNeighbourTools = 20_000;
/** Purpose under which the control plane seals upstream credentials. */
const secretPurpose = 'upstream';

/** Reads the run, its server and the other servers of its tenant. The credential is opened only when asked for. */
export async function readRunFacts(
  db: Database,
  vault: Vault,
  { tenantId, runId }: RunKey,
): Promise<RunFacts> {
  return db.withSystem('scheduler', async (tx) => {
    const run = await tx.vetRun.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: runId } },
      include: { server: true },
    });
    const connection = await tx.serverConnection.findUnique({
      where: { tenantId_serverId: { tenantId, serverId: run.serverId } },
    });
    const key = await tx.tenantKey.findFirst({ where: { tenantId }, orderBy: { version: 'desc' } });
    const { slug, name, url } = run.server;
    return {
      serverId: run.serverId,
      kind: run.kind,
      isAsked: run.requestedBy !== null || run.kind === 'vet',
      server: { slug, name, url },
      neighbours: await readNeighbours(tx, tenantId, run.serverId),
      approved: await readApproved(tx, tenantId, run.serverId),
      credentialKind: connection?.kind ?? 'none',
      credential: () => openCredential(vault, { tenantId, connection, wrappedKey: key?.wrapped }),
    };
  });
}

async function readNeighbours(
  tx: SystemTransaction<'scheduler'>,
  tenantId: string,
  serverId: string,
): Promise<readonly NeighbourServer[]> {
  const servers = await tx.server.findMany({
    where: { tenantId, id: { not: serverId }, state: { notIn: ['rejected', 'retired', 'vetting_failed'] } },
    orderBy: { slug: 'asc' },
    select: { id: true, slug: true, name: true, url: true },
  });
  const tools = await tx.tool.findMany({
    where: { tenantId, serverId: { in: servers.map((server) => server.id) }, state: { not: 'removed' } },
    orderBy: { name: 'asc' },
    select: { serverId: true, kind: true, name: true },
    take: maxNeighbourTools,
  });
  return servers.map(({ id, slug, name, url }) => {
    const own = tools.filter((tool) => tool.serverId === id);
    const named = (...kinds: readonly string[]) =>
      own.filter((tool) => kinds.includes(tool.kind)).map((tool) => tool.name);
    return {
      slug,
      name,
      url,
      toolNames: named('tool'),
      promptNames: named('prompt'),
      uris: named('resource', 'template'),
    };
  });
}

const maxApprovedChars = 16 * 1024 * 1024;

/** The live pins of a server, as far as they fit into a message to the child. */
async function readApproved(
  tx: SystemTransaction<'scheduler'>,
  tenantId: string,
  serverId: string,
): Promise<Readonly<Record<string, string>>> {
  const pins = await tx.pin.findMany({
    where: { tenantId, supersededAt: null, tool: { serverId } },
    orderBy: { toolId: 'asc' },
    select: { definition: true, tool: { select: { kind: true, name: true } } },
  });
  let left = maxApprovedChars;
  const fitting = pins.filter(({ definition }) => {
    left -= definition.length;
    return left >= 0;
  });
  return Object.fromEntries(fitting.map(({ definition, tool }) => [`${tool.kind} ${tool.name}`, definition]));
}

interface SealedConnection {
  readonly tenantId: string;
  readonly connection: {
    readonly id: string;
    readonly kind: Credential['kind'];
    readonly headerName: string | null;
    readonly sealedSecret: Uint8Array | null;
    readonly secretVersion: number;
  } | null;
  readonly wrappedKey: Uint8Array | undefined;
}

/** @throws AppError `invalid_input` when the secret does not open. */
function openCredential(vault: Vault, { tenantId, connection, wrappedKey }: SealedConnection): Credential {
  if (connection === null || connection.kind === 'none' || connection.sealedSecret === null)
    return { kind: 'none' };
  if (wrappedKey === undefined) return { kind: 'none' };
  const plain = vault.open({
    tenantId,
    wrappedKey,
    secretId: connection.id,
    purpose: secretPurpose,
    version: connection.secretVersion,
    sealed: connection.sealedSecret,
  });
  const secret = Buffer.from(plain).toString('utf8');
  const { kind } = connection;
  return kind === 'bearer' ? { kind, secret } : { kind, name: connection.headerName ?? '', secret };
}

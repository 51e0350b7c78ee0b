import type {
  SnapshotConnection,
  SnapshotRows,
  SnapshotSettings,
  SnapshotToolDetection,
  StoredDetection,
} from '@sallyport/snapshot';
import type { PublisherTx } from '../platform/database.ts';
import { secretPurpose } from '../servers/connection.store.ts';
import { externalSecret, toExternal, toRule } from './detection-rows.ts';

export interface SealedConnection {
  readonly id: string;
  readonly tenantId: string;
  readonly serverId: string;
  readonly kind: 'none' | 'bearer' | 'header' | 'query';
  readonly headerName: string | null;
  readonly sealedSecret: Uint8Array | null;
  readonly secretVersion: number;
}

/** A stored secret, and what its box for the workers is bound to. */
export interface SealedSecret {
  readonly id: string;
  readonly tenantId: string;
  readonly purpose: string;
  readonly sealed: Uint8Array | null;
  readonly version: number;
  readonly aad: string;
}

/** Turns a stored secret into a box that only workers open. */
export type Reseal = (
  secret: SealedSecret,
  tenantKeys: readonly { readonly version: number; readonly wrapped: Uint8Array }[],
) => string | null;

/**
 * Reads the rows of one tenant. The caller read `revSeq` before: rows then hold the effect of every revocation up
 * to it, perhaps of later ones too, never of fewer.
 */
export async function readSnapshotRows(
  tx: PublisherTx,
  tenantId: string,
  head: { readonly version: number; readonly revSeq: number },
  reseal: Reseal,
): Promise<SnapshotRows> {
  const where = { tenantId };
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const keys = await tx.apiKey.findMany({ where });
  const agents = await tx.agent.findMany({ where });
  const customers = await tx.customer.findMany({ where });
  const servers = await tx.server.findMany({ where });
  const connections = await tx.serverConnection.findMany({ where });
  const tools = await tx.tool.findMany({ where, include: { pins: { where: { supersededAt: null } } } });
  const endpoints = await tx.endpoint.findMany({ where, include: { items: true } });
  const policies = await tx.policy.findMany({ where });
  const rules = await tx.detectionRule.findMany({ where });
  const external = await tx.detectionExternal.findUnique({ where });
  const tenantKeys = await tx.tenantKey.findMany({ where });
  const connectionOf = new Map(connections.map((row) => [row.serverId, row]));
  return {
    tenant: {
      id: tenant.id,
      slug: tenant.slug,
      state: tenant.state,
      settings: tenant.settings as Partial<SnapshotSettings>,
    },
    version: head.version,
    revSeq: head.revSeq,
    endpoints: endpoints.map(({ id, slug, selection, naming, toolSearch, items }) => ({
      id,
      slug,
      selection,
      naming,
      toolSearch,
      items: items.map(({ toolId, name, description, hidden }) => ({ toolId, name, description, hidden })),
    })),
    servers: servers
      .filter((row) => row.state === 'published')
      .map((row) => {
        const stored = connectionOf.get(row.id);
        const connection = stored
          ? toConnection(stored, reseal(upstreamSecret(stored), tenantKeys))
          : { kind: 'none' as const };
        return {
          id: row.id,
          slug: row.slug,
          url: row.url,
          state: row.state,
          connection,
          capabilities: row.capabilities as Readonly<Record<string, unknown>>,
        };
      }),
    tools: tools.map((row) => ({
      id: row.id,
      serverId: row.serverId,
      kind: row.kind,
      name: row.name,
      exposedName: row.exposedName,
      state: row.state,
      pin: row.pins[0] ? { digest: row.pins[0].digest, definition: row.pins[0].definition } : null,
      detection: row.detection as SnapshotToolDetection,
    })),
    agents: agents.map(({ id, name, roles, state, customerId }) => ({ id, name, roles, state, customerId })),
    customers: customers.map(({ id, name, state }) => ({ id, name, state })),
    keys: keys.map((row) => ({
      id: row.id,
      hash: row.hash,
      prefix: row.prefix,
      agentId: row.agentId,
      endpointId: row.endpointId,
      createdAtMs: row.createdAt.getTime(),
      expiresAtMs: row.expiresAt?.getTime() ?? null,
      revokedAtMs: row.revokedAt?.getTime() ?? null,
    })),
    policies: policies.map(({ id, name, text, enabled }) => ({ id, name, text, enabled })),
    detection: {
      stored: tenant.detection as StoredDetection,
      rules: rules.map(toRule),
      external: external?.enabled ? toExternal(external, reseal(externalSecret(external), tenantKeys)) : null,
    },
  };
}

function upstreamSecret(row: SealedConnection): SealedSecret {
  const { id, tenantId, serverId, sealedSecret: sealed, secretVersion: version } = row;
  return { id, tenantId, purpose: secretPurpose, sealed, version, aad: `${tenantId}|${serverId}|upstream` };
}

/** A kind that needs a secret and has none is sent as it is not: workers then say `credential_missing`. */
function toConnection(row: SealedConnection, sealed: string | null): SnapshotConnection {
  if (row.kind === 'none' || sealed === null) return { kind: 'none' };
  if (row.kind === 'bearer') return { kind: 'bearer', sealed };
  return { kind: row.kind, name: row.headerName ?? '', sealed };
}

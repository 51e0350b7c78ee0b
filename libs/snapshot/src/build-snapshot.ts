import {
  type AgentId,
  type ApiKeyId,
  type CustomerId,
  canonicalJson,
  type EndpointId,
  type PolicyId,
  type ServerId,
  type TenantId,
  type ToolId,
} from '@sallyport/kernel';
import { buildDetection, type DetectionRows } from './build-detection.ts';
import { effectiveNaming } from './expose.ts';
import type { SnapshotToolDetection } from './snapshot-detection.ts';
import type {
  InstallationSnapshot,
  SnapshotConnection,
  SnapshotSettings,
  TenantSnapshot,
  ToolKind,
} from './tenant-snapshot.ts';

/** Settings of a tenant that changed none. */
export const defaultSettings: SnapshotSettings = {
  pinMaxAgeMs: 30_000,
  keepBodies: false,
  strictAudit: false,
  requestInspection: 'monitor',
  responseInspection: 'monitor',
  ratePerMinute: 6_000,
  rateBurst: 200,
  upstreamConcurrency: 64,
  callTimeoutMs: 60_000,
};

type ActiveState = 'active' | 'suspended';

/** The rows of one tenant, read in one transaction; ids are UUIDs, states as in the database. */
export interface SnapshotRows {
  readonly tenant: {
    readonly id: string;
    readonly slug: string;
    readonly state: ActiveState;
    /** Fields that differ from `defaultSettings`. */
    readonly settings: Partial<SnapshotSettings>;
  };
  readonly version: number;
  readonly revSeq: number;
  readonly endpoints: readonly {
    readonly id: string;
    readonly slug: string;
    readonly selection: 'all' | 'chosen';
    readonly naming: 'prefixed' | 'plain';
    readonly toolSearch: boolean;
    readonly items: readonly {
      readonly toolId: string;
      readonly name: string | null;
      readonly description: string | null;
      readonly hidden: boolean;
    }[];
  }[];
  readonly servers: readonly {
    readonly id: string;
    readonly slug: string;
    readonly url: string;
    readonly state: string;
    readonly connection: SnapshotConnection;
    readonly capabilities: Readonly<Record<string, unknown>>;
  }[];
  /** One row per capability with its live pin; one without a pin is not approved and stays out. */
  readonly tools: readonly {
    readonly id: string;
    readonly serverId: string;
    readonly kind: ToolKind;
    readonly name: string;
    readonly exposedName: string;
    readonly state: string;
    readonly pin: { readonly digest: string; readonly definition: string } | null;
    /** Where it differs from its tenant; empty = nowhere. */
    readonly detection: SnapshotToolDetection;
  }[];
  readonly agents: readonly {
    readonly id: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly state: ActiveState;
    readonly customerId: string | null;
  }[];
  readonly customers: readonly { readonly id: string; readonly name: string; readonly state: ActiveState }[];
  readonly keys: readonly {
    readonly id: string;
    readonly hash: string;
    readonly prefix: string;
    readonly agentId: string;
    readonly endpointId: string | null;
    readonly createdAtMs: number;
    readonly expiresAtMs: number | null;
    readonly revokedAtMs: number | null;
  }[];
  readonly policies: readonly {
    readonly id: string;
    readonly name: string;
    readonly text: string;
    readonly enabled: boolean;
  }[];
  readonly detection: DetectionRows;
}

/** States of a tool that is in use: a drifted one stays in, and workers refuse it on their own by its pin. */
const usedToolStates: ReadonlySet<string> = new Set(['approved', 'drifted']);

/**
 * Rows → snapshot. Only what may be used gets in, and nothing that points at something left out: published servers,
 * approved tools, active agents of active customers, live keys, enabled policies. Arrays are sorted by id, so the
 * same rows in any order give the same canonical bytes.
 */
export function buildSnapshot(rows: SnapshotRows): TenantSnapshot {
  const servers = rows.servers.filter((server) => server.state === 'published');
  const serverIds = idsOf(servers);
  const customers = rows.customers.filter((customer) => customer.state === 'active');
  const customerIds = idsOf(customers);
  const agents = rows.agents.filter(
    (agent) => agent.state === 'active' && (agent.customerId === null || customerIds.has(agent.customerId)),
  );
  const agentIds = idsOf(agents);
  const tools = toolsOf(rows, serverIds);
  return {
    format: 3,
    tenantId: rows.tenant.id as TenantId,
    slug: rows.tenant.slug,
    state: rows.tenant.state,
    version: rows.version,
    revSeq: rows.revSeq,
    settings: settingsOf(rows.tenant.settings),
    endpoints: endpointsOf(rows, tools),
    servers: byId(servers).map(({ id, slug, url, connection, capabilities }) => ({
      id: id as ServerId,
      slug,
      url,
      connection,
      capabilities,
    })),
    tools,
    agents: byId(agents).map(({ id, name, roles, customerId }) => ({
      id: id as AgentId,
      name,
      roles: sorted(roles),
      customerId: customerId as CustomerId | null,
    })),
    customers: byId(customers).map(({ id, name }) => ({ id: id as CustomerId, name })),
    keys: keysOf(rows, agentIds),
    policies: byId(rows.policies.filter((policy) => policy.enabled)).map(({ id, name, text }) => ({
      id: id as PolicyId,
      name,
      text,
    })),
    detection: detectionOf(rows, tools),
  };
}

/** The installation's snapshot from its rows. */
export function buildInstallation(input: {
  readonly version: number;
  readonly revSeq: number;
  readonly privateOrigins: readonly string[];
}): InstallationSnapshot {
  return {
    format: 1,
    version: input.version,
    revSeq: input.revSeq,
    privateOrigins: sorted(input.privateOrigins),
  };
}

/** The text that is signed and stored: canonical JSON of the snapshot. */
export function snapshotBody(snapshot: TenantSnapshot | InstallationSnapshot): string {
  return canonicalJson(snapshot);
}

/** Only fields that exist: a setting of a later release, stored by it, does not keep this one from publishing. */
function settingsOf(changed: Partial<SnapshotSettings>): SnapshotSettings {
  const known = Object.entries(changed).filter(([name]) => Object.hasOwn(defaultSettings, name));
  return { ...defaultSettings, ...Object.fromEntries(known) };
}

function toolsOf(rows: SnapshotRows, serverIds: ReadonlySet<string>): TenantSnapshot['tools'] {
  return byId(rows.tools).flatMap(({ id, serverId, kind, name, exposedName, state, pin }) =>
    pin !== null && usedToolStates.has(state) && serverIds.has(serverId)
      ? [
          {
            id: id as ToolId,
            serverId: serverId as ServerId,
            kind,
            name,
            exposedName,
            digest: pin.digest,
            definition: pin.definition,
          },
        ]
      : [],
  );
}

function detectionOf(rows: SnapshotRows, tools: TenantSnapshot['tools']): TenantSnapshot['detection'] {
  const used = idsOf(tools);
  const { rules } = rows.detection;
  return buildDetection(
    { ...rows.detection, rules: byId(rules) },
    rows.tools.filter(({ id }) => used.has(id)),
  );
}

/** An item of a capability that is not in use says nothing. */
function endpointsOf(rows: SnapshotRows, tools: TenantSnapshot['tools']): TenantSnapshot['endpoints'] {
  const serverOf = new Map<string, string>(tools.map((tool) => [tool.id, tool.serverId]));
  return byId(rows.endpoints).map((row) => {
    const items = row.items
      .filter(({ toolId }) => serverOf.has(toolId))
      .sort((a, b) => compare(a.toolId, b.toolId))
      .map(({ toolId, name, description, hidden }) => ({
        toolId: toolId as ToolId,
        name,
        description,
        hidden,
      }));
    const hidden = new Set<string>(items.filter((item) => item.hidden).map((item) => item.toolId));
    const shown = row.selection === 'all' ? tools.map(({ id }) => id) : items.map(({ toolId }) => toolId);
    const servers = shown.filter((id) => !hidden.has(id)).map((id) => serverOf.get(id) ?? '');
    return {
      id: row.id as EndpointId,
      slug: row.slug,
      selection: row.selection,
      items,
      naming: effectiveNaming(row, servers),
      toolSearch: row.toolSearch,
    };
  });
}

function keysOf(rows: SnapshotRows, agentIds: ReadonlySet<string>): TenantSnapshot['keys'] {
  const endpointIds = idsOf(rows.endpoints);
  const live = rows.keys.filter(
    (key) =>
      key.revokedAtMs === null &&
      agentIds.has(key.agentId) &&
      (key.endpointId === null || endpointIds.has(key.endpointId)),
  );
  return byId(live).map((key) => ({
    id: key.id as ApiKeyId,
    hash: key.hash,
    prefix: key.prefix,
    agentId: key.agentId as AgentId,
    endpointId: key.endpointId as EndpointId | null,
    createdAtMs: key.createdAtMs,
    expiresAtMs: key.expiresAtMs,
  }));
}

function idsOf(rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row.id));
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => compare(a.id, b.id));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compare);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

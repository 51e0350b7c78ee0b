import type {
  RevocableKind,
  RevocationSet,
  SnapshotIndex,
  SnapshotSettings,
  SnapshotTool,
} from '@sallyport/snapshot';
import { createTenantInspection, type TenantInspection } from '../inspection/tenant-inspection.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { asksForApproval } from './held-policies.ts';
import { createLists, type Lists } from './lists.ts';

/** One version of one tenant's configuration in use, with the marks that outrun it. Replaced as a whole. */
export interface TenantState {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly settings: SnapshotSettings;
  readonly inspection: TenantInspection;
  readonly pinMaxAgeMs: number;
  readonly index: Pick<SnapshotIndex, 'keyByHash' | 'endpointBySlug' | 'sliceFor'>;
  readonly lists: Lists;
  /** Upstreams by server id, found once per version. */
  readonly upstreams: Map<string, Upstream>;
  isSuspended(): boolean;
  isRevoked(kind: RevocableKind, subject: string, createdAtMs?: number): boolean;
  /** Whether a policy carries `@approval`: what it permits waits for a person. */
  asksForApproval(policyId: string): boolean;
  toolsOf(serverId: string): readonly SnapshotTool[];
  hasServer(serverId: string): boolean;
  dispose(): void;
}

const defaultPinMaxAgeMs = 30_000;

/** Puts an index into use. */
export function createTenantState(input: {
  readonly index: SnapshotIndex;
  readonly revocations: RevocationSet;
  /** The installation's own default of `pinMaxAge`; a tenant that changed the setting keeps its own. */
  readonly pinMaxAgeMs: number | undefined;
}): TenantState {
  const { index, revocations } = input;
  const { snapshot } = index;
  const byServer = new Map<string, SnapshotTool[]>(snapshot.servers.map((server) => [server.id, []]));
  for (const tool of snapshot.tools) byServer.get(tool.serverId)?.push(tool);
  const held = new Set<string>(
    snapshot.policies.filter((policy) => asksForApproval(policy.text)).map((policy) => policy.id),
  );
  const isRevoked: TenantState['isRevoked'] = (kind, subject, createdAtMs) =>
    revocations.isRevoked(createdAtMs === undefined ? { kind, subject } : { kind, subject, createdAtMs });
  const isDefault = index.settings.pinMaxAgeMs === defaultPinMaxAgeMs;
  return {
    id: snapshot.tenantId,
    slug: snapshot.slug,
    version: snapshot.version,
    settings: index.settings,
    inspection: createTenantInspection(snapshot.detection),
    pinMaxAgeMs: isDefault ? (input.pinMaxAgeMs ?? defaultPinMaxAgeMs) : index.settings.pinMaxAgeMs,
    index,
    lists: createLists({ version: snapshot.version, sliceFor: index.sliceFor, isRevoked }),
    upstreams: new Map(),
    isSuspended: () => snapshot.state === 'suspended' || isRevoked('tenant', snapshot.tenantId),
    isRevoked,
    asksForApproval: (policyId) => held.size > 0 && held.has(policyId),
    toolsOf: (serverId) => byServer.get(serverId) ?? [],
    hasServer: (serverId) => byServer.has(serverId),
    dispose: () => index.dispose(),
  };
}

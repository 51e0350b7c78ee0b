import { defaultDetection, type SnapshotDetection } from '@sallyport/snapshot';
import type { Inspectable } from '../inspector.ts';
import { createTenantInspection } from '../tenant-inspection.ts';

/** As much of a call as an inspection reads. */
export function inspectedCall(
  change: {
    readonly detection?: Partial<SnapshotDetection>;
    readonly mode?: 'monitor' | 'block';
    readonly tenantId?: string;
    readonly nonce?: string;
    readonly serverId?: string;
  } = {},
): Inspectable {
  const mode = change.mode ?? 'block';
  const server = { id: change.serverId ?? 'server' };
  return {
    findings: [],
    carry: '',
    hasSensitive: false,
    keptArgs: null,
    cut: null,
    abort: null,
    tenant: {
      id: change.tenantId ?? 'tenant',
      settings: { requestInspection: mode, responseInspection: mode },
      inspection: createTenantInspection({ ...defaultDetection, ...change.detection }),
    },
    endpoint: { id: 'endpoint' },
    principal: { key: { id: 'key' } },
    session: change.nonce === undefined ? null : { nonce: change.nonce },
    upstream: { server },
    tool: {
      server,
      tool: { id: 'tool', name: 'tool', kind: 'tool' },
      definition: () => ({}),
      inputSchema: () => undefined,
    },
  } as unknown as Inspectable;
}

import type {
  AgentId,
  ApiKeyId,
  CustomerId,
  EndpointId,
  PolicyId,
  ServerId,
  TenantId,
  ToolId,
} from '@sallyport/kernel';

/** What a detector's finding does to a call. */
export type InspectionMode = 'monitor' | 'block';

export interface SnapshotSettings {
  /** Oldest acceptable observation of a tool definition, ms; 0 asks the upstream before every call. */
  readonly pinMaxAgeMs: number;
  /** Whether receipts keep (encrypted) arguments and results. */
  readonly keepBodies: boolean;
  /** Whether a call waits for `fdatasync` of its intent. */
  readonly strictAudit: boolean;
  readonly requestInspection: InspectionMode;
  readonly responseInspection: InspectionMode;
  /** Token bucket per key. */
  readonly ratePerMinute: number;
  readonly rateBurst: number;
  /** Calls in flight per upstream server and worker. */
  readonly upstreamConcurrency: number;
  readonly callTimeoutMs: number;
}

/** How a worker authenticates to an upstream. `sealed` is a box for the workers' X25519 key (base64). */
export type SnapshotConnection =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly sealed: string }
  | { readonly kind: 'header'; readonly name: string; readonly sealed: string }
  | { readonly kind: 'query'; readonly name: string; readonly sealed: string };

export interface SnapshotServer {
  readonly id: ServerId;
  readonly slug: string;
  readonly url: string;
  readonly connection: SnapshotConnection;
}

export interface SnapshotTool {
  readonly id: ToolId;
  readonly serverId: ServerId;
  /** Name on the upstream. */
  readonly name: string;
  /** Name on the endpoint: `server__tool`. */
  readonly exposedName: string;
  /** The pin: SHA-256 (hex) of the approved canonical definition. */
  readonly digest: string;
  /** The approved definition as JSON text (stays serialised until used). */
  readonly definition: string;
}

export interface SnapshotEndpoint {
  readonly id: EndpointId;
  readonly slug: string;
  /** `all` = every tool of the snapshot (endpoint `main`). */
  readonly tools: 'all' | readonly ToolId[];
}

export interface SnapshotAgent {
  readonly id: AgentId;
  readonly name: string;
  readonly roles: readonly string[];
  readonly customerId: CustomerId | null;
}

export interface SnapshotKey {
  readonly id: ApiKeyId;
  /** SHA-256 (hex) of the whole secret. */
  readonly hash: string;
  readonly prefix: string;
  readonly agentId: AgentId;
  /** `null` = every endpoint of the tenant. */
  readonly endpointId: EndpointId | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
}

export interface SnapshotPolicy {
  readonly id: PolicyId;
  readonly name: string;
  readonly text: string;
}

/**
 * The compiled config of one tenant: what workers run on. Built purely from rows, arrays sorted by id,
 * so the same rows give the same canonical bytes. Only what may be used is in it: published servers,
 * approved tools, active agents, live keys, enabled policies.
 */
export interface TenantSnapshot {
  readonly format: 1;
  readonly tenantId: TenantId;
  readonly slug: string;
  readonly state: 'active' | 'suspended';
  readonly version: number;
  /** Highest revocation sequence whose effect this snapshot already contains. */
  readonly revSeq: number;
  readonly settings: SnapshotSettings;
  readonly endpoints: readonly SnapshotEndpoint[];
  readonly servers: readonly SnapshotServer[];
  readonly tools: readonly SnapshotTool[];
  readonly agents: readonly SnapshotAgent[];
  readonly customers: readonly { readonly id: CustomerId; readonly name: string }[];
  readonly keys: readonly SnapshotKey[];
  readonly policies: readonly SnapshotPolicy[];
}

/** Config of the installation that every worker needs (its own signed envelope, tenant id = all zeros). */
export interface InstallationSnapshot {
  readonly format: 1;
  readonly version: number;
  readonly revSeq: number;
  /** Exact `host:port` origins that may be private or plain http. */
  readonly privateOrigins: readonly string[];
}

/** Limits a compiler and a worker both hold. */
export const snapshotLimits = {
  /** Largest canonical body, bytes. */
  maxBodyBytes: 8 * 1024 * 1024,
  /** Largest envelope as stored in Redis, bytes; the body is escaped in it, so it takes more than `maxBodyBytes`. */
  maxEnvelopeBytes: 16 * 1024 * 1024,
  maxTools: 5_000,
  maxPolicies: 500,
  maxPolicyBytes: 16 * 1024,
  maxDepth: 32,
} as const;

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
import type { CapabilityKind, EndpointNaming } from '@sallyport/mcp';
import type { SnapshotDetection } from './snapshot-detection.ts';

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
  /** What the upstream said it can do when it was vetted last; at most 8 KiB of JSON. */
  readonly capabilities: Readonly<Record<string, unknown>>;
}

/** What one row of the catalog is: everything that a server offers is approved, pinned and exposed the same way. */
export type ToolKind = CapabilityKind;

export interface SnapshotTool {
  readonly id: ToolId;
  readonly serverId: ServerId;
  readonly kind: ToolKind;
  /** Name on the upstream: of a resource its URI, of a template its URI template. */
  readonly name: string;
  /** `server__name`, unique per kind: its name on endpoints, in policies and in receipts. */
  readonly exposedName: string;
  /** The pin: SHA-256 (hex) of the approved canonical definition. */
  readonly digest: string;
  /** The approved definition as JSON text (stays serialised until used). */
  readonly definition: string;
}

export interface SnapshotEndpoint {
  readonly id: EndpointId;
  readonly slug: string;
  /** `all` = everything of the tenant, and `items` are exceptions; `chosen` = only `items`. */
  readonly selection: 'all' | 'chosen';
  readonly items: readonly SnapshotEndpointItem[];
  /** `plain` = names as on the upstream; holds only while everything shown is of one server. */
  readonly naming: EndpointNaming;
  /** Shows three tools that search, describe and call in place of all of them. */
  readonly toolSearch: boolean;
}

/** What an endpoint says of one capability. */
export interface SnapshotEndpointItem {
  readonly toolId: ToolId;
  /** The whole name on the wire of this endpoint; null leaves it. */
  readonly name: string | null;
  /** Shown in place of the upstream's description; null leaves it. */
  readonly description: string | null;
  /** Neither listed nor callable here. */
  readonly hidden: boolean;
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
  readonly format: 3;
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
  readonly detection: SnapshotDetection;
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
  /** Exceptions and choices of one endpoint. */
  maxItems: 5_000,
  /** JSON text of what one server says it can do, characters. */
  maxCapabilitiesLength: 8 * 1024,
  maxOverrideLength: 4_096,
  maxPolicies: 500,
  maxPolicyBytes: 16 * 1024,
  maxDepth: 32,
} as const;

import { hash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalDefinition, exposedName, readCapability } from '@sallyport/mcp';
import {
  buildInstallation,
  defaultDetection,
  defaultSettings,
  envelopeText,
  installationTenantId,
  type Revocation,
  type RevocationKind,
  revocationText,
  type SnapshotConnection,
  type SnapshotDetection,
  type SnapshotEndpoint,
  type SnapshotSettings,
  signEnvelope,
  signRevocation,
  snapshotBody,
  type TenantSnapshot,
  type ToolKind,
} from '@sallyport/snapshot';
import {
  createSigner,
  createVerifier,
  generateSealKeyPair,
  generateSigningKeyPair,
  sealBox,
} from '@sallyport/vault';

const signing = generateSigningKeyPair();
const kid = 'test';
const sign = createSigner(signing.privateKey);

export const sealKeys = generateSealKeyPair();
/** As `SNAPSHOT_PUBLIC_KEYS` takes it. */
export const publicKeys = `${kid}=${signing.publicKey}`;
export const verify = createVerifier({ [kid]: signing.publicKey });
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

export interface TestServer {
  readonly slug: string;
  readonly url: string;
  readonly tools: readonly Readonly<Record<string, unknown>>[];
  /** What it offers besides tools. */
  readonly others?: readonly {
    readonly kind: Exclude<ToolKind, 'tool'>;
    readonly definition: Readonly<Record<string, unknown>>;
  }[];
  readonly capabilities?: Readonly<Record<string, unknown>>;
  readonly secret?:
    | { readonly kind: 'bearer' }
    | { readonly kind: 'header' | 'query'; readonly name: string };
}

export interface TestTenant {
  readonly id: string;
  readonly slug: string;
  readonly key: string;
  readonly keyId: string;
  readonly agentId: string;
  snapshot(): TenantSnapshot;
  /** Changes fields of the snapshot and gives the next signed envelope. */
  publish(change?: (snapshot: TenantSnapshot) => Partial<TenantSnapshot>): string;
  revoke(kind: RevocationKind, subject: string, notBeforeMs?: number): { text: string; mark: Revocation };
}

export const upstreamSecret = 'upstream-secret-value';

/** A tenant with one agent, one key and an endpoint `main` over the tools of its servers. */
export function makeTenant(input: {
  readonly slug: string;
  readonly servers: readonly TestServer[];
  readonly policies?: readonly string[];
  readonly settings?: Partial<SnapshotSettings>;
  readonly roles?: readonly string[];
  readonly keyExpiresAtMs?: number;
  /** Fields of the endpoint `main`. */
  readonly endpoint?: Partial<SnapshotEndpoint>;
  readonly detection?: Partial<SnapshotDetection>;
}): TestTenant {
  const id = randomUUID();
  const agentId = randomUUID();
  const keyId = randomUUID();
  const key = `sp_${randomBytes(32).toString('base64url')}`;
  let current = firstSnapshot(input, { id, agentId, keyId, key });
  let revSeq = 0;
  return {
    id,
    slug: input.slug,
    key,
    keyId,
    agentId,
    snapshot: () => current,
    publish(change) {
      current = { ...current, ...change?.(current), version: current.version + 1 };
      return sealEnvelope(current);
    },
    revoke(kind, subject, notBeforeMs = Date.now()) {
      revSeq += 1;
      const mark = signRevocation({ sign, kid, tenantId: id, seq: revSeq, kind, subject, notBeforeMs });
      return { text: revocationText(mark), mark };
    },
  };
}

type Ids = { readonly id: string; readonly agentId: string; readonly keyId: string; readonly key: string };

function firstSnapshot(input: Parameters<typeof makeTenant>[0], ids: Ids): TenantSnapshot {
  const servers = input.servers.map((server) => ({ server, id: randomUUID() }));
  const snapshot = {
    format: 3,
    tenantId: ids.id,
    slug: input.slug,
    state: 'active',
    version: 0,
    revSeq: 0,
    settings: { ...defaultSettings, ...input.settings },
    endpoints: [
      {
        id: randomUUID(),
        slug: 'main',
        selection: 'all',
        items: [],
        naming: 'prefixed',
        toolSearch: false,
        ...input.endpoint,
      },
    ],
    servers: servers.map(({ server, id }) => ({
      id,
      slug: server.slug,
      url: server.url,
      connection: connectionOf(server, ids.id, id),
      capabilities: server.capabilities ?? {},
    })),
    tools: servers.flatMap(({ server, id }) =>
      [
        ...server.tools.map((definition) => ({ kind: 'tool' as const, definition })),
        ...(server.others ?? []),
      ].map(({ kind, definition }) => {
        const text = canonicalDefinition(definition);
        const name = readCapability(kind, definition)?.name ?? '';
        return {
          id: randomUUID(),
          serverId: id,
          kind,
          name,
          exposedName: exposedName(server.slug, name, sha256),
          digest: sha256(text),
          definition: text,
        };
      }),
    ),
    agents: [{ id: ids.agentId, name: 'tester', roles: input.roles ?? [], customerId: null }],
    customers: [],
    keys: [
      {
        id: ids.keyId,
        hash: sha256(ids.key),
        prefix: ids.key.slice(0, 8),
        agentId: ids.agentId,
        endpointId: null,
        createdAtMs: Date.now() - 1_000,
        expiresAtMs: input.keyExpiresAtMs ?? null,
      },
    ],
    policies: (input.policies ?? ['permit(principal, action, resource);']).map((text, at) => ({
      id: randomUUID(),
      name: `policy ${at}`,
      text,
    })),
    detection: { ...defaultDetection, ...input.detection },
  };
  return snapshot as unknown as TenantSnapshot;
}

function connectionOf(server: TestServer, tenantId: string, serverId: string): SnapshotConnection {
  if (!server.secret) return { kind: 'none' };
  const aad = `${tenantId}|${serverId}|upstream`;
  const sealed = sealBox({ publicKey: sealKeys.publicKey, plaintext: upstreamSecret, aad });
  return { ...server.secret, sealed };
}

function sealEnvelope(snapshot: TenantSnapshot): string {
  const { tenantId, version, revSeq } = snapshot;
  return envelopeText(
    signEnvelope({ sign, kid, tenantId, version, revSeq, kind: 'config', body: snapshotBody(snapshot) }),
  );
}

let installationVersion = 0;

/** The installation's envelope with a list of private origins. */
export function publishInstallation(privateOrigins: readonly string[]): string {
  installationVersion += 1;
  const body = snapshotBody(buildInstallation({ version: installationVersion, revSeq: 0, privateOrigins }));
  return envelopeText(
    signEnvelope({
      sign,
      kid,
      tenantId: installationTenantId,
      version: installationVersion,
      revSeq: 0,
      kind: 'config',
      body,
    }),
  );
}

import { hash } from 'node:crypto';
import type { EngineHolder } from '@sallyport/policy';
import {
  buildSnapshotIndex,
  createRevocationSet,
  defaultDetection,
  type Envelope,
  type EnvelopeRefusal,
  type InstallationSnapshot,
  installationTenantId,
  type Revocation,
  type RevocationSet,
  selfCheck,
  type TenantSnapshot,
  type VerifyText,
  verifyEnvelope,
  verifyInstallation,
  verifyRevocation,
} from '@sallyport/snapshot';
import { createTenantInspection } from '../inspection/tenant-inspection.ts';
import { createTenantState, type TenantState } from './tenant-state.ts';

/** What became of an envelope that was offered. */
export type Offered =
  | { readonly kind: 'applied'; readonly version: number }
  | { readonly kind: 'unchanged'; readonly version: number }
  | {
      readonly kind: 'refused';
      readonly reason: EnvelopeRefusal;
      readonly offered: number | null;
      readonly detail: string;
    };

/** The configuration in use: one reference per tenant, swapped whole. */
export interface LoadedConfig {
  tenantBySlug(slug: string): TenantState | undefined;
  tenantById(id: string): TenantState | undefined;
  /** Stands for every tenant that is not there. */
  readonly nobody: TenantState;
  privateOrigins(): readonly string[];
  isReady(): boolean;
  /** Highest version ever accepted; 0 = none. */
  versionOf(tenantId: string): number;
  revocationsOf(tenantId: string): RevocationSet;
  offer(tenantId: string, text: string): Offered;
  /** Applies a signed mark; `undefined` when it is not genuine. */
  revoke(text: string): Revocation | undefined;
  /** Takes marks as they were stored, or a whole list of all that must hold, known up to `seq`. */
  restoreMarks(tenantId: string, texts: readonly string[], seq: number): void;
  tenantIds(): readonly string[];
}

export interface LoadedConfigInput {
  readonly verify: VerifyText;
  readonly engines: EngineHolder;
  readonly pinMaxAgeMs: number | undefined;
  /** After a swap: `undefined` when the tenant was removed. */
  readonly onTenant?: (tenantId: string, state: TenantState | undefined) => void;
  /** An old state is disposed of only when no call can still hold it. */
  readonly graceMs: number;
}

const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/** Makes an empty configuration: not ready until something valid was offered. */
export function createLoadedConfig(input: LoadedConfigInput): LoadedConfig {
  const versions = new Map<string, number>();
  const byId = new Map<string, TenantState>();
  const bySlug = new Map<string, TenantState>();
  const revocations = new Map<string, RevocationSet>();
  let privateOrigins: readonly string[] = [];

  const revocationsOf = (tenantId: string): RevocationSet => {
    let set = revocations.get(tenantId);
    if (!set) {
      set = createRevocationSet();
      revocations.set(tenantId, set);
    }
    return set;
  };
  const swap = (tenantId: string, next: TenantState | undefined): void => {
    const old = byId.get(tenantId);
    if (old && bySlug.get(old.slug) === old) bySlug.delete(old.slug);
    if (next) {
      byId.set(tenantId, next);
      bySlug.set(next.slug, next);
    } else byId.delete(tenantId);
    if (old) setTimeout(() => old.dispose(), input.graceMs).unref();
    input.onTenant?.(tenantId, next);
  };
  const applyTenant = (envelope: Envelope, snapshot: TenantSnapshot): Offered => {
    const checked = selfCheck({ snapshot, engines: input.engines, sha256 });
    const problems = checked.kind === 'failed' ? checked.problems : [];
    const built =
      problems.length === 0 ? buildSnapshotIndex({ snapshot, engines: input.engines }) : undefined;
    if (built?.kind !== 'ok') {
      const detail = (built?.problems ?? problems).join('; ').slice(0, 500);
      return { kind: 'refused', reason: 'invalid_content', offered: envelope.version, detail };
    }
    const set = revocationsOf(envelope.tenantId);
    set.advance(snapshot.revSeq);
    swap(
      envelope.tenantId,
      createTenantState({ index: built.index, revocations: set, pinMaxAgeMs: input.pinMaxAgeMs }),
    );
    return { kind: 'applied', version: envelope.version };
  };
  const offerInstallation = (text: string): Offered => {
    const highWater = versions.get(installationTenantId) ?? 0;
    const read = verifyInstallation({ text, verify: input.verify, highWater });
    if (read.kind === 'refused') return { ...read, offered: read.version };
    if (read.kind !== 'config') {
      return {
        kind: 'refused',
        reason: 'invalid_content',
        offered: read.envelope.version,
        detail: 'a tombstone',
      };
    }
    privateOrigins = (read.snapshot as InstallationSnapshot).privateOrigins;
    versions.set(installationTenantId, read.envelope.version);
    return { kind: 'applied', version: read.envelope.version };
  };
  const offerTenant = (tenantId: string, text: string): Offered => {
    const highWater = versions.get(tenantId) ?? 0;
    const read = verifyEnvelope({ text, verify: input.verify, tenantId, highWater });
    if (read.kind === 'refused') return { ...read, offered: read.version };
    const { envelope } = read;
    if (envelope.version === highWater) return { kind: 'unchanged', version: highWater };
    if (read.kind === 'tombstone') swap(tenantId, undefined);
    else {
      const applied = applyTenant(envelope, read.snapshot);
      if (applied.kind === 'refused') return applied;
    }
    versions.set(tenantId, envelope.version);
    return { kind: 'applied', version: envelope.version };
  };
  return {
    tenantBySlug: (slug) => bySlug.get(slug),
    tenantById: (id) => byId.get(id),
    nobody,
    privateOrigins: () => privateOrigins,
    isReady: () => versions.size > 0,
    versionOf: (tenantId) => versions.get(tenantId) ?? 0,
    revocationsOf,
    offer: (tenantId, text) =>
      tenantId === installationTenantId ? offerInstallation(text) : offerTenant(tenantId, text),
    revoke(text) {
      const read = verifyRevocation({ text, verify: input.verify });
      if (read.kind !== 'ok') return undefined;
      const { tenantId } = read.revocation;
      revocationsOf(tenantId).apply(read.revocation);
      byId.get(tenantId)?.lists.clear();
      return read.revocation;
    },
    restoreMarks(tenantId, texts, seq) {
      const marks = texts.flatMap((text) => {
        const read = verifyRevocation({ text, verify: input.verify });
        return read.kind === 'ok' && read.revocation.tenantId === tenantId ? [read.revocation] : [];
      });
      revocationsOf(tenantId).merge(marks, seq);
      byId.get(tenantId)?.lists.clear();
    },
    tenantIds: () => [...versions.keys()],
  };
}

const nothing = (): undefined => undefined;

/** Knows no key and no endpoint: whoever asks gets as far as with a wrong key, by the same steps. */
const nobody: TenantState = {
  id: installationTenantId,
  slug: '',
  version: 0,
  settings: {
    pinMaxAgeMs: 0,
    keepBodies: false,
    strictAudit: false,
    requestInspection: 'block',
    responseInspection: 'block',
    ratePerMinute: 1,
    rateBurst: 1,
    upstreamConcurrency: 1,
    callTimeoutMs: 1,
  },
  inspection: createTenantInspection(defaultDetection),
  pinMaxAgeMs: 0,
  index: {
    keyByHash: nothing,
    endpointBySlug: nothing,
    sliceFor() {
      throw new Error('nobody has no policies');
    },
  },
  lists: {
    page: nothing,
    facts: () => ({ capabilities: {}, instructions: undefined }),
    search: () => ({ items: [], search: { search: () => [] } }),
    maySee: () => false,
    clear: () => {},
  },
  upstreams: new Map(),
  isSuspended: () => true,
  isRevoked: () => true,
  asksForApproval: () => true,
  toolsOf: () => [],
  hasServer: () => false,
  dispose: () => {},
};

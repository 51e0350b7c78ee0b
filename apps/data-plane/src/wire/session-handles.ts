import { randomBytes } from 'node:crypto';
import { isLegacyVersion, type LegacyVersion } from '@sallyport/mcp';
import type { HandleSealer } from '@sallyport/vault';
import { createLru } from './lru.ts';

/** What a legacy session id says; it is the id itself, sealed, so no worker keeps a session. */
export interface LegacySession {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly version: LegacyVersion;
  /** Name of the client as it introduced itself. */
  readonly client: string;
  readonly nonce: string;
  readonly expiresAtMs: number;
}

/** Who must be asking for a handle to open. */
export type SessionOwner = Pick<LegacySession, 'tenantId' | 'endpointId' | 'keyId'>;

export interface SessionHandles {
  issue(session: Omit<LegacySession, 'nonce' | 'expiresAtMs'>, nowMs: number): string;
  /** `undefined` for a handle that is altered, expired, or of another tenant, endpoint or key. */
  open(handle: string, owner: SessionOwner, nowMs: number): LegacySession | undefined;
}

const lifeMs = 24 * 3_600_000;
const maxHandleLength = 1_500;
const maxKept = 10_000;

/** Makes and opens session ids. Opened ones are remembered, bounded: a flood of sessions costs no memory. */
export function createSessionHandles(sealer: HandleSealer): SessionHandles {
  const opened = createLru<string, LegacySession>(maxKept);
  // The endpoint is part of what the seal authenticates: a handle of another endpoint does not even open.
  const aadOf = (owner: SessionOwner): string =>
    `session|${owner.tenantId}|${owner.endpointId}|${owner.keyId}`;
  return {
    issue(session, nowMs) {
      const nonce = randomBytes(16).toString('base64url');
      const { version, client } = session;
      const plain = JSON.stringify([version, client.slice(0, 64), nonce, nowMs + lifeMs]);
      return sealer.seal(plain, aadOf(session));
    },
    open(handle, owner, nowMs) {
      if (handle.length > maxHandleLength) return undefined;
      const known = opened.get(handle);
      if (known) return isOwned(known, owner) && known.expiresAtMs > nowMs ? known : undefined;
      const plain = sealer.open(handle, aadOf(owner));
      if (!plain) return undefined;
      const [version, client, nonce, expiresAtMs] = JSON.parse(Buffer.from(plain).toString()) as unknown[];
      if (!isLegacyVersion(version) || typeof expiresAtMs !== 'number' || expiresAtMs <= nowMs)
        return undefined;
      const session: LegacySession = {
        tenantId: owner.tenantId,
        endpointId: owner.endpointId,
        keyId: owner.keyId,
        version,
        client: String(client),
        nonce: String(nonce),
        expiresAtMs,
      };
      opened.set(handle, session);
      return session;
    },
  };
}

function isOwned(session: LegacySession, owner: SessionOwner): boolean {
  return (
    session.tenantId === owner.tenantId &&
    session.endpointId === owner.endpointId &&
    session.keyId === owner.keyId
  );
}

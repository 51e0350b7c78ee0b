import { randomBytes } from 'node:crypto';
import {
  type Implementation,
  isLegacyVersion,
  type LegacyVersion,
  readJson,
  type WireObject,
} from '@sallyport/mcp';
import type { HandleSealer } from '@sallyport/vault';
import { cleanCapabilities } from './client-capabilities.ts';
import { createLru } from './lru.ts';

/** What a legacy session id says; it is the id itself, sealed, so no worker keeps a session. */
export interface LegacySession {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly version: LegacyVersion;
  /** The client as it introduced itself. */
  readonly client: Implementation;
  /** What it can be asked for. */
  readonly capabilities: WireObject;
  /** HTTP+SSE only: the mail address that holds the session's one stream. */
  readonly mailbox: string | null;
  readonly nonce: string;
  readonly expiresAtMs: number;
}

/** Who must be asking for a handle to open. */
export type SessionOwner = Pick<LegacySession, 'tenantId' | 'endpointId' | 'keyId'>;

export interface SessionHandles {
  issue(session: Omit<LegacySession, 'nonce' | 'expiresAtMs'>, nowMs: number): string;
  /** `undefined` for a handle that is altered, expired, ended, or of another tenant, endpoint or key. */
  open(handle: string, owner: SessionOwner, nowMs: number): LegacySession | undefined;
}

const lifeMs = 24 * 3_600_000;
const maxHandleLength = 4_096;
const maxKept = 10_000;
const maxNameLength = 64;

/** Makes and opens session ids. Opened ones are remembered, bounded: a flood of sessions costs no memory. */
export function createSessionHandles(
  sealer: HandleSealer,
  isEnded: (nonce: string) => boolean = () => false,
): SessionHandles {
  const opened = createLru<string, LegacySession>(maxKept);
  // The endpoint is part of what the seal authenticates: a handle of another endpoint does not even open.
  const aadOf = (owner: SessionOwner): string =>
    `session|${owner.tenantId}|${owner.endpointId}|${owner.keyId}`;
  return {
    issue(session, nowMs) {
      const { version, client, capabilities, mailbox } = session;
      const who = [client.name.slice(0, maxNameLength), client.version.slice(0, maxNameLength)];
      const nonce = randomBytes(16).toString('base64url');
      return sealer.seal(
        JSON.stringify([version, who, capabilities, nonce, nowMs + lifeMs, mailbox]),
        aadOf(session),
      );
    },
    open(handle, owner, nowMs) {
      if (handle.length > maxHandleLength) return undefined;
      const known = opened.get(handle);
      const session = known ?? readHandle(sealer.open(handle, aadOf(owner)), owner);
      if (!session || !isOwned(session, owner) || session.expiresAtMs <= nowMs) return undefined;
      if (isEnded(session.nonce)) return undefined;
      if (!known) opened.set(handle, session);
      return session;
    },
  };
}

function readHandle(plain: Uint8Array | undefined, owner: SessionOwner): LegacySession | undefined {
  if (!plain) return undefined;
  const parts = readJson(Buffer.from(plain).toString()) as readonly unknown[];
  const [version, who, capabilities, nonce, expiresAtMs, mailbox] = parts;
  if (!isLegacyVersion(version) || typeof expiresAtMs !== 'number' || !Array.isArray(who)) return undefined;
  return {
    tenantId: owner.tenantId,
    endpointId: owner.endpointId,
    keyId: owner.keyId,
    version,
    client: { name: String(who[0]), version: String(who[1]) },
    capabilities: cleanCapabilities(capabilities),
    mailbox: typeof mailbox === 'string' ? mailbox : null,
    nonce: String(nonce),
    expiresAtMs,
  };
}

function isOwned(session: LegacySession, owner: SessionOwner): boolean {
  return (
    session.tenantId === owner.tenantId &&
    session.endpointId === owner.endpointId &&
    session.keyId === owner.keyId
  );
}

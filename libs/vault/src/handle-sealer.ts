import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { decryptGcm, encryptGcm, tagBytes } from './aes-gcm.ts';
import { readRawKey } from './raw-keys.ts';

/** Seals small texts that come back to us (session handles) or stay on our disk (the spool). */
export interface HandleSealer {
  /** base64url text without padding. */
  seal(plain: string | Uint8Array, aad: string): string;
  /** `undefined` for anything that this key did not seal with this `aad`. */
  open(text: string, aad: string): Uint8Array | undefined;
  sealBytes(plain: string | Uint8Array, aad: string): Uint8Array;
  openBytes(sealed: Uint8Array, aad: string): Uint8Array | undefined;
}

const formatByte = 1;
const saltBytes = 16;
const counterBytes = 12;
const headBytes = 1 + saltBytes + counterBytes;
const info = 'sallyport-handle-1';
/** A new salt long before AES-GCM's limits for one key. */
const sealsPerSalt = 2 ** 31;
const keptKeys = 256;
const base64url = /^[A-Za-z0-9_-]+$/;

/**
 * AES-256-GCM under a raw 32-byte key. Each sealer derives its own key from a random salt and counts nonces, so any
 * number of workers and restarts may share the raw key at any rate without a nonce ever meeting itself.
 */
export function createHandleSealer(rawKey32: Uint8Array | string): HandleSealer {
  const root = typeof rawKey32 === 'string' ? readRawKey(rawKey32, 'the handle key') : Buffer.from(rawKey32);
  if (root.length !== 32) throw new RangeError('the handle key must have 32 bytes');
  const keyOf = createKeyring(root);
  let current = newSalt(root);

  const sealBytes = (plain: string | Uint8Array, aad: string): Buffer => {
    if (current.used >= sealsPerSalt) current = newSalt(root);
    const head = Buffer.alloc(headBytes);
    head[0] = formatByte;
    current.salt.copy(head, 1);
    head.writeUIntBE(current.used, headBytes - 6, 6);
    current.used += 1;
    const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
    return Buffer.concat([head, encryptGcm(current.key, head.subarray(1 + saltBytes), bytes, aad)]);
  };
  const openBytes = (sealed: Uint8Array, aad: string): Uint8Array | undefined => {
    if (sealed.length < headBytes + tagBytes || sealed[0] !== formatByte) return undefined;
    const salt = Buffer.from(sealed.subarray(1, 1 + saltBytes));
    const { key, keep } = keyOf(salt);
    const plain = decryptGcm(key, sealed.subarray(1 + saltBytes, headBytes), sealed.subarray(headBytes), aad);
    if (plain) keep();
    return plain;
  };
  return {
    sealBytes,
    openBytes,
    seal: (plain, aad) => sealBytes(plain, aad).toString('base64url'),
    open: (text, aad) => (base64url.test(text) ? openBytes(Buffer.from(text, 'base64url'), aad) : undefined),
  };
}

interface CountingKey {
  readonly salt: Buffer;
  readonly key: KeyObject;
  used: number;
}

function newSalt(root: Uint8Array): CountingKey {
  const salt = randomBytes(saltBytes);
  return { salt, key: derive(root, salt), used: 0 };
}

function derive(root: Uint8Array, salt: Uint8Array): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', root, salt, info, 32)));
}

/** Derived keys by salt; only a salt that opened something is kept, so garbage cannot push the good ones out. */
function createKeyring(root: Uint8Array) {
  const kept = new Map<string, KeyObject>();
  return (salt: Buffer): { readonly key: KeyObject; keep(): void } => {
    const name = salt.toString('latin1');
    const known = kept.get(name);
    if (known) return { key: known, keep: () => undefined };
    const key = derive(root, salt);
    return {
      key,
      keep() {
        const oldest = kept.keys().next().value;
        if (kept.size >= keptKeys && oldest !== undefined) kept.delete(oldest);
        kept.set(name, key);
      },
    };
  };
}

import { randomBytes } from 'node:crypto';
import { AppError } from '@sallyport/kernel';
import { decryptGcm, encryptGcm, nonceBytes } from './aes-gcm.ts';
import { readRawKey } from './raw-keys.ts';

/** Where a secret belongs; every field is part of what the seal authenticates. */
export interface SecretPlace {
  readonly tenantId: string;
  /** The tenant's data key as `newTenantKey` gave it. */
  readonly wrappedKey: Uint8Array;
  readonly secretId: string;
  readonly purpose: string;
  /** Version of the secret itself; 1 when left out. */
  readonly version?: number;
}

/** Envelope encryption: a data key per tenant, wrapped by the key of the installation. */
export interface Vault {
  /** Makes a data key for a tenant and returns it wrapped; the plain key never leaves the vault. */
  newTenantKey(tenantId: string): Uint8Array;
  seal(input: SecretPlace & { readonly plaintext: Uint8Array | string }): Uint8Array;
  /** @throws AppError `invalid_input` when the bytes were altered or belong to another place. */
  open(input: SecretPlace & { readonly sealed: Uint8Array }): Uint8Array;
  /** The same tenant key under another installation key; sealed secrets stay as they are. */
  rewrapTenantKey(input: {
    readonly tenantId: string;
    readonly wrappedKey: Uint8Array;
    readonly newKek: string | Uint8Array;
  }): Uint8Array;
}

const formatByte = 1;
const headBytes = 1 + nonceBytes;
const keyBytes = 32;

/** Makes a vault on a 32-byte key-encryption key (bytes or base64). Data keys are unwrapped per use, never kept. */
export function createVault(input: { readonly kek: string | Uint8Array }): Vault {
  const kek = readKek(input.kek);
  const unwrap = (place: { readonly tenantId: string; readonly wrappedKey: Uint8Array }): Buffer =>
    openBytes(kek, place.wrappedKey, keyAad(place.tenantId), 'the tenant key');
  return {
    newTenantKey: (tenantId) => sealBytes(kek, randomBytes(keyBytes), keyAad(tenantId)),
    seal(place) {
      const plain =
        typeof place.plaintext === 'string' ? Buffer.from(place.plaintext, 'utf8') : place.plaintext;
      return withKey(unwrap(place), (key) => sealBytes(key, plain, secretAad(place)));
    },
    open: (place) =>
      withKey(unwrap(place), (key) => openBytes(key, place.sealed, secretAad(place), 'the secret')),
    rewrapTenantKey: (place) =>
      withKey(unwrap(place), (key) => sealBytes(readKek(place.newKek), key, keyAad(place.tenantId))),
  };
}

function readKek(kek: string | Uint8Array): Uint8Array {
  const bytes = typeof kek === 'string' ? readRawKey(kek, 'the key-encryption key') : Buffer.from(kek);
  if (bytes.length !== keyBytes) {
    throw new AppError('invalid_input', `the key-encryption key must have ${keyBytes} bytes`);
  }
  return bytes;
}

function withKey<T>(key: Buffer, use: (key: Buffer) => T): T {
  try {
    return use(key);
  } finally {
    key.fill(0);
  }
}

function sealBytes(key: Uint8Array, plaintext: Uint8Array, aad: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  return Buffer.concat([Buffer.of(formatByte), nonce, encryptGcm(key, nonce, plaintext, aad)]);
}

function openBytes(key: Uint8Array, sealed: Uint8Array, aad: string, what: string): Buffer {
  const plain =
    sealed[0] === formatByte
      ? decryptGcm(key, sealed.subarray(1, headBytes), sealed.subarray(headBytes), aad)
      : undefined;
  if (!plain) throw new AppError('invalid_input', `${what} does not open`);
  return plain;
}

function keyAad(tenantId: string): string {
  return join('tenant-key', tenantId);
}

function secretAad(place: SecretPlace): string {
  return join(place.tenantId, place.secretId, String(place.version ?? 1), place.purpose);
}

/** The separator may not stand in a part: two places would share one text. */
function join(...parts: readonly string[]): string {
  if (parts.some((part) => part === '' || part.includes('|'))) {
    throw new AppError('invalid_input', 'a part of a secret’s place is empty or holds "|"');
  }
  return parts.join('|');
}

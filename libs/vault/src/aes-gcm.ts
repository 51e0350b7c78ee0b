import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

export const nonceBytes = 12;
export const tagBytes = 16;

/** Raw bytes for a key used once; a `KeyObject` for one used often (raw bytes cost about 12 µs more per use). */
export type GcmKey = KeyObject | Uint8Array;

/** AES-256-GCM; returns ciphertext ‖ tag. The caller guarantees that a nonce is used once per key. */
export function encryptGcm(key: GcmKey, nonce: Uint8Array, plaintext: Uint8Array, aad: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens ciphertext ‖ tag; `undefined` when the key, the nonce, the AAD or one bit is wrong. */
export function decryptGcm(
  key: GcmKey,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: string,
): Buffer | undefined {
  if (sealed.length < tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const head = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    return undefined;
  }
}

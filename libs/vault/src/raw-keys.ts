import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { AppError } from '@sallyport/kernel';

// The fixed DER heads of RFC 8410: what stands before the 32 raw bytes of an X25519 key.
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex');
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex');
const rawKeyBytes = 32;

/** A fresh X25519 pair as base64 of the raw 32 bytes. */
export function generateSealKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  const pair = generateKeyPairSync('x25519');
  return {
    publicKey: rawPublicKey(pair.publicKey).toString('base64'),
    privateKey: pair.privateKey
      .export({ type: 'pkcs8', format: 'der' })
      .subarray(-rawKeyBytes)
      .toString('base64'),
  };
}

/** @throws AppError `invalid_input` when it is not base64 of 32 bytes. */
export function readRawKey(base64: string, what: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== rawKeyBytes) {
    throw new AppError('invalid_input', `${what} must be base64 of ${rawKeyBytes} bytes`);
  }
  return bytes;
}

export function x25519PublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
}

export function x25519PrivateKey(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, raw]), format: 'der', type: 'pkcs8' });
}

export function rawPublicKey(key: KeyObject): Buffer {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ type: 'spki', format: 'der' }).subarray(-rawKeyBytes);
}

import { diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { AppError } from '@sallyport/kernel';
import { decryptGcm, encryptGcm, nonceBytes, tagBytes } from './aes-gcm.ts';
import { rawPublicKey, readRawKey, x25519PrivateKey, x25519PublicKey } from './raw-keys.ts';

const formatByte = 1;
const publicKeyBytes = 32;
const info = 'sallyport-box-1';
const headBytes = 1 + publicKeyBytes + nonceBytes;

/**
 * Seals bytes for the holder of an X25519 key (ephemeral key agreement, HKDF-SHA256, AES-256-GCM); nobody else,
 * the sealer included, opens it. `aad` binds the box to its place: it opens only with the same text.
 */
export function sealBox(input: {
  readonly publicKey: string;
  readonly plaintext: Uint8Array | string;
  readonly aad: string;
}): string {
  const recipient = readRawKey(input.publicKey, 'the public key of a box');
  const ephemeral = generateKeyPairSync('x25519');
  const ephemeralPublic = rawPublicKey(ephemeral.publicKey);
  const key = agreedKey({
    privateKey: ephemeral.privateKey,
    publicKey: x25519PublicKey(recipient),
    ephemeralPublic,
    recipient,
  });
  const nonce = randomBytes(nonceBytes);
  const sealed = encryptGcm(key, nonce, toBytes(input.plaintext), input.aad);
  return Buffer.concat([Buffer.of(formatByte), ephemeralPublic, nonce, sealed]).toString('base64');
}

/**
 * Opens a box of `sealBox`.
 * @throws AppError `invalid_input` when the box was altered, sealed for another key or bound to another place.
 */
export function openBox(input: {
  readonly privateKey: string;
  readonly box: string;
  readonly aad: string;
}): Uint8Array {
  const bytes = Buffer.from(input.box, 'base64');
  if (bytes.length < headBytes + tagBytes || bytes[0] !== formatByte) throw cannotOpen();
  const ephemeralPublic = bytes.subarray(1, 1 + publicKeyBytes);
  const privateKey = x25519PrivateKey(readRawKey(input.privateKey, 'the private key of a box'));
  const key = tryAgree({
    privateKey,
    publicKey: x25519PublicKey(ephemeralPublic),
    ephemeralPublic,
    recipient: rawPublicKey(privateKey),
  });
  const plain =
    key &&
    decryptGcm(key, bytes.subarray(1 + publicKeyBytes, headBytes), bytes.subarray(headBytes), input.aad);
  if (!plain) throw cannotOpen();
  return plain;
}

interface Agreement {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly ephemeralPublic: Uint8Array;
  readonly recipient: Uint8Array;
}

function agreedKey(input: Agreement): Uint8Array {
  const shared = diffieHellman({ privateKey: input.privateKey, publicKey: input.publicKey });
  const salt = Buffer.concat([input.ephemeralPublic, input.recipient]);
  return new Uint8Array(hkdfSync('sha256', shared, salt, info, 32));
}

/** A point of low order in the box makes the key agreement throw; that is a box that does not open. */
function tryAgree(input: Agreement): Uint8Array | undefined {
  try {
    return agreedKey(input);
  } catch {
    return undefined;
  }
}

function cannotOpen(): AppError {
  return new AppError('invalid_input', 'the sealed box does not open');
}

function toBytes(plaintext: Uint8Array | string): Uint8Array {
  return typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
}

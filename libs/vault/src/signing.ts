import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/** What the snapshot library asks for to sign: base64 Ed25519 over the UTF-8 bytes of a text. */
export type SignText = (message: string) => string;

/** What the snapshot library asks for to verify. */
export type VerifyText = (
  kid: string,
  message: string,
  signature: string,
) => 'valid' | 'unknown_key' | 'bad_signature';

/** A fresh Ed25519 pair: private PKCS8 DER and public SPKI DER, base64. */
export function generateSigningKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  const pair = generateKeyPairSync('ed25519');
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}

/** Signs with an Ed25519 key given as base64 PKCS8 DER. */
export function createSigner(privateKey: string): SignText {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('the signing key is not Ed25519');
  return (message) => sign(null, Buffer.from(message, 'utf8'), key).toString('base64');
}

/** The public half of a signing key (base64 PKCS8 DER in, base64 SPKI DER out). */
export function publicKeyOf(privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** Verifies against a fixed set of Ed25519 keys: key id → base64 SPKI DER. */
export function createVerifier(publicKeys: Readonly<Record<string, string>>): VerifyText {
  const keys = new Map(
    Object.entries(publicKeys).map(([kid, spki]) => {
      const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
      if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`the key ${kid} is not Ed25519`);
      return [kid, key] as const;
    }),
  );
  return (kid, message, signature) => {
    const key = keys.get(kid);
    if (!key) return 'unknown_key';
    const bytes = Buffer.from(signature, 'base64');
    if (bytes.length !== 64) return 'bad_signature';
    return verify(null, Buffer.from(message, 'utf8'), key, bytes) ? 'valid' : 'bad_signature';
  };
}

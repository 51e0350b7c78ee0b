import { sealBox, type Vault } from '@sallyport/vault';
import type { Reseal } from './snapshot-rows.ts';

/**
 * Opens a stored secret and seals it for the workers. A box is random, so it is kept per secret version: the
 * same rows give the same bytes as long as this process lives.
 */
export function createReseal(vault: Vault, workerPublicKey: string): Reseal {
  const boxes = new Map<string, string>();
  return (secret, tenantKeys) => {
    const { tenantId, id, purpose, sealed, version, aad } = secret;
    if (sealed === null) return null;
    const name = `${id}|${version}`;
    const known = boxes.get(name);
    if (known !== undefined) return known;
    const newest = tenantKeys.reduce((a, b) => (b.version > a.version ? b : a), tenantKeys[0] ?? none);
    const plaintext = vault.open({
      tenantId,
      wrappedKey: newest.wrapped,
      secretId: id,
      purpose,
      version,
      sealed,
    });
    const box = sealBox({ publicKey: workerPublicKey, plaintext, aad });
    plaintext.fill(0);
    boxes.set(name, box);
    return box;
  };
}

const none = { version: 0, wrapped: new Uint8Array() };

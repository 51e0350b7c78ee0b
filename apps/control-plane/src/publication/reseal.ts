import { sealBox, type Vault } from '@sallyport/vault';
import { secretPurpose } from '../servers/connection.store.ts';
import type { Reseal } from './snapshot-rows.ts';

/**
 * Opens a stored credential and seals it for the workers. A box is random, so it is kept per secret version: the
 * same rows give the same bytes as long as this process lives.
 */
export function createReseal(vault: Vault, workerPublicKey: string): Reseal {
  const boxes = new Map<string, string>();
  return (connection, tenantKeys) => {
    const { tenantId, id, serverId, sealedSecret, secretVersion } = connection;
    if (sealedSecret === null) return null;
    const name = `${id}|${secretVersion}`;
    const known = boxes.get(name);
    if (known !== undefined) return known;
    const newest = tenantKeys.reduce((a, b) => (b.version > a.version ? b : a), tenantKeys[0] ?? none);
    const plaintext = vault.open({
      tenantId,
      wrappedKey: newest.wrapped,
      secretId: id,
      purpose: secretPurpose,
      version: secretVersion,
      sealed: sealedSecret,
    });
    const box = sealBox({ publicKey: workerPublicKey, plaintext, aad: `${tenantId}|${serverId}|upstream` });
    plaintext.fill(0);
    boxes.set(name, box);
    return box;
  };
}

const none = { version: 0, wrapped: new Uint8Array() };

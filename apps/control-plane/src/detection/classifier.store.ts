import type { Vault } from '@sallyport/vault';
import type { TenantTx } from '../platform/database.ts';
import { tenantKey } from '../platform/tenant-key.ts';
import type { CheckedClassifier } from './classifier-settings.ts';

export const classifierPurpose = 'external-classifier';

/** The tenant's own classifier: its token is sealed on the way in, and never readable again through this door. */
export class ClassifierStore {
  constructor(private readonly vault: Vault) {}

  /** Stores the settings; without a new token the stored one stays. */
  async save(tx: TenantTx, tenantId: string, classifier: CheckedClassifier): Promise<void> {
    const { token, ...settings } = classifier;
    const before = await tx.detectionExternal.findFirst({ select: { url: true } });
    // Invariant: T46, a stored token goes to the origin it was given for. A new row has a new id, so no kept box fits it.
    if (before && new URL(before.url).origin !== new URL(settings.url).origin) {
      await tx.detectionExternal.deleteMany({ where: { tenantId } });
    }
    const row = await tx.detectionExternal.upsert({
      where: { tenantId },
      create: { tenantId, ...settings },
      update: settings,
      select: { id: true, tokenVersion: true },
    });
    if (token === null) return;
    const version = row.tokenVersion + 1;
    const sealed = this.vault.seal({
      tenantId,
      wrappedKey: await tenantKey(tx, this.vault, tenantId),
      secretId: row.id,
      purpose: classifierPurpose,
      version,
      plaintext: token,
    });
    await tx.detectionExternal.update({
      where: { tenantId },
      data: { sealedToken: Uint8Array.from(sealed), tokenVersion: version },
      select: { id: true },
    });
  }
}

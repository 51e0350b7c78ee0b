import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { TextSealer } from '../text-sealer.ts';

/** A sealer with a key of its own. */
export function testSealer(): TextSealer {
  const key = randomBytes(32);
  return {
    seal(plain, aad) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      );
    },
    open(text, aad) {
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length < 28) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(aad));
      decipher.setAuthTag(bytes.subarray(-16));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

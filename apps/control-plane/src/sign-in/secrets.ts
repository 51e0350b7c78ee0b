import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret of 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of a secret as hex: what is stored instead of it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The readable CSRF token of a session: bound to its secret, so another session's token never fits. */
export function csrfToken(sessionSecret: string): string {
  return createHash('sha256').update(`sallyport csrf|${sessionSecret}`).digest('base64url');
}

/** Compares two texts without telling through time where they differ. */
export function isSameText(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}

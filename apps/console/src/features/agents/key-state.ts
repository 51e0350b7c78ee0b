export type KeyState = 'active' | 'expired' | 'revoked';

/** Whether a key still opens anything. */
export function keyState(
  key: { readonly expiresAt: string | null; readonly revokedAt: string | null },
  nowMs: number,
): KeyState {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && Date.parse(key.expiresAt) <= nowMs ? 'expired' : 'active';
}

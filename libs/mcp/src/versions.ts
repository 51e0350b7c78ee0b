/** Revisions with `initialize`, oldest first. */
export const legacyVersions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;
/** Revisions without `initialize`: every request carries its own envelope. */
export const modernVersions = ['2026-07-28'] as const;

export type LegacyVersion = (typeof legacyVersions)[number];
export type ModernVersion = (typeof modernVersions)[number];
export type Era = 'legacy' | 'modern';

export const latestLegacyVersion: LegacyVersion = '2025-11-25';
export const latestModernVersion: ModernVersion = '2026-07-28';
/** What a legacy request without a version header speaks. */
export const assumedLegacyVersion: LegacyVersion = '2025-03-26';
/** Every revision served, newest first. */
export const supportedVersions: readonly string[] = [...modernVersions, ...legacyVersions].sort().reverse();

/** Whether the text is a legacy revision we serve. */
export function isLegacyVersion(version: unknown): version is LegacyVersion {
  return typeof version === 'string' && (legacyVersions as readonly string[]).includes(version);
}

/** Whether the text is a modern revision we serve. */
export function isModernVersion(version: unknown): version is ModernVersion {
  return typeof version === 'string' && (modernVersions as readonly string[]).includes(version);
}

/** The era of a revision; `undefined` when we do not serve it. */
export function eraOf(version: unknown): Era | undefined {
  if (isModernVersion(version)) return 'modern';
  return isLegacyVersion(version) ? 'legacy' : undefined;
}

/** Answers `initialize`: the requested revision where we serve it, else our newest legacy one. */
export function negotiateLegacyVersion(requested: string): LegacyVersion {
  return isLegacyVersion(requested) ? requested : latestLegacyVersion;
}

/** The modern revision two sides share, newest first; `undefined` when there is none. */
export function pickModernVersion(offered: readonly unknown[]): ModernVersion | undefined {
  return [...modernVersions].reverse().find((version) => offered.includes(version));
}

import type { Sha256Hex } from '@sallyport/kernel';

/** Longest exposed name: some clients cap it there. */
export const maxExposedNameLength = 60;
export const maxServerSlugLength = 32;

const separator = '__';
const hashLength = 10;
const slugPattern = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/;
const plainNamePattern = /^[A-Za-z0-9_-]+$/;
/** What a shortened name ends with; plain names that look like it are hashed too, so nobody can forge one. */
const hashedEndPattern = /_[0-9a-f]{10}$/;

/** Whether a text may be a server's slug: no `__` in it and no `_` at its end, so a name splits one way only. */
export function isServerSlug(slug: string): boolean {
  return slug.length <= maxServerSlugLength && slugPattern.test(slug);
}

/** Proposes a slug for a server's display name; the caller makes it unique in the tenant. */
export function proposeServerSlug(name: string): string {
  const cut = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxServerSlugLength)
    .replace(/^-+|-+$/g, '');
  return cut === '' ? 'server' : cut;
}

/**
 * The name a tool has on an endpoint: `server__tool`, `[A-Za-z0-9_-]`, at most 60 characters.
 * It depends on the two names alone, so it stays when other tools come and go; a name that had to be
 * cut or cleaned ends with a hash of the original.
 */
export function exposedName(serverSlug: string, toolName: string, sha256Hex: Sha256Hex): string {
  const plain = `${serverSlug}${separator}${toolName}`;
  const isPlain = plainNamePattern.test(toolName) && !hashedEndPattern.test(plain);
  if (isPlain && plain.length <= maxExposedNameLength) return plain;
  const hash = sha256Hex(JSON.stringify([serverSlug, toolName])).slice(0, hashLength);
  const clean = `${serverSlug}${separator}${toolName.replace(/[^A-Za-z0-9_-]/gu, '_')}`;
  return `${clean.slice(0, maxExposedNameLength - hashLength - 1)}_${hash}`;
}

/** Splits an exposed name for display; resolving goes through the snapshot's table, never through this. */
export function splitExposedName(
  name: string,
): { readonly server: string; readonly tool: string } | undefined {
  const at = name.indexOf(separator);
  if (at <= 0 || at + separator.length >= name.length) return undefined;
  return { server: name.slice(0, at), tool: name.slice(at + separator.length) };
}

/** Names that more than one entry bears; whoever builds a snapshot refuses all of them. */
export function findNameCollisions(names: Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (seen.has(name) ? twice : seen).add(name);
  return twice;
}

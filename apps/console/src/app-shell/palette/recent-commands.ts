const maxRecent = 12;

const keyOf = (tenantId: string): string => `sallyport.recent.${tenantId}`;

/** Ids of what was chosen lately in this tenant, newest first; never a text or a secret. */
export function readRecent(tenantId: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(tenantId)) ?? '[]');
    return Array.isArray(value)
      ? value.filter((id): id is string => typeof id === 'string').slice(0, maxRecent)
      : [];
  } catch {
    return [];
  }
}

export function noteRecent(tenantId: string, id: string): void {
  try {
    const next = [id, ...readRecent(tenantId).filter((known) => known !== id)].slice(0, maxRecent);
    localStorage.setItem(keyOf(tenantId), JSON.stringify(next));
  } catch {
    // A browser that keeps nothing has no recent commands.
  }
}

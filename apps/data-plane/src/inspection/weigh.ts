/** What a value costs to look at: its characters, and eight more for each value and member. */
export const nodeUnits = 8;

/** Weighs a JSON value; stops soon after the limit, so that asking costs no more than the limit. */
export function weigh(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length + nodeUnits;
  if (typeof value !== 'object' || value === null) return nodeUnits;
  let total = nodeUnits;
  if (Array.isArray(value)) {
    for (const item of value) {
      total += weigh(item, limit - total);
      if (total > limit) return total;
    }
    return total;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) {
    total += name.length + weigh(members[name], limit - total);
    if (total > limit) return total;
  }
  return total;
}

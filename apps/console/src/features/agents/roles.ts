/** The same names that the server takes; policies refer to them as `Role::"name"`. */
const rolePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const maxRoles = 20;

/** Reads roles written with commas or spaces, without doubles. */
export function readRoles(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((role) => role !== ''))];
}

/** The first role the server would refuse, or null. */
export function faultyRole(roles: readonly string[]): string | null {
  return roles.find((role) => !rolePattern.test(role)) ?? roles[maxRoles] ?? null;
}

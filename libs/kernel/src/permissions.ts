/** What a member may do in one tenant. The API guards with these names; the console shows or hides by them. */
export const permissions = [
  'calls.read',
  'catalog.read',
  'catalog.write',
  'approvals.decide',
  'policies.read',
  'policies.write',
  'agents.read',
  'agents.write',
  'members.read',
  'members.write',
  'usage.read',
  'settings.write',
  'publish',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['owner', 'admin', 'reviewer', 'developer', 'viewer'] as const;

/** Roles of a member in a tenant; an agent's roles (for policies) are free names of the tenant. */
export type MemberRole = (typeof roles)[number];

const reads = [
  'calls.read',
  'catalog.read',
  'policies.read',
  'agents.read',
  'members.read',
  'usage.read',
] as const satisfies readonly Permission[];

/**
 * Role → permissions. An admin holds `members.write` too, but nobody except an owner changes an owner or
 * gives that role: the use cases check it.
 */
export const rolePermissions = {
  owner: permissions,
  admin: permissions,
  reviewer: [...reads, 'approvals.decide'],
  developer: [...reads, 'catalog.write', 'agents.write'],
  viewer: reads,
} as const satisfies Record<MemberRole, readonly Permission[]>;

/** The union of what several roles may do, in the table's order; unknown names add nothing. */
export function permissionsOf(names: readonly string[]): readonly Permission[] {
  const held = new Set<Permission>();
  for (const role of roles) {
    if (names.includes(role)) for (const permission of rolePermissions[role]) held.add(permission);
  }
  return permissions.filter((permission) => held.has(permission));
}

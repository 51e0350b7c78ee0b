import { describe, expect, it } from 'vitest';
import { permissions, permissionsOf, rolePermissions, roles } from './permissions.ts';

describe('permissionsOf', () => {
  it('gives an owner and an admin everything', () => {
    expect(permissionsOf(['owner'])).toEqual(permissions);
    expect(permissionsOf(['admin'])).toEqual(permissions);
  });

  it('lets a viewer read and nothing else', () => {
    expect(permissionsOf(['viewer']).every((name) => name.endsWith('.read'))).toBe(true);
  });

  it('adds up roles and ignores names it does not know', () => {
    expect(permissionsOf(['reviewer', 'developer', 'root'])).toEqual(
      permissions.filter((name) => /\.read$|approvals\.decide|catalog\.write|agents\.write/.test(name)),
    );
    expect(permissionsOf(['root', '__proto__'])).toEqual([]);
  });

  it('lets every role read what a viewer reads', () => {
    for (const role of roles) {
      for (const name of rolePermissions.viewer) expect(permissionsOf([role])).toContain(name);
    }
  });
});

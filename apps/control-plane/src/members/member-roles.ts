import { AppError, type MemberRole, roles } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { Role } from '../viewer/viewer.model.ts';

/**
 * Reads the roles of a request.
 * @throws AppError `invalid_input` when there is none
 */
export function readRoles(names: readonly Role[]): readonly MemberRole[] {
  const chosen = roles.filter((role) => names.includes(role.toUpperCase() as Role));
  if (chosen.length === 0) {
    throw new AppError('invalid_input', 'at least one role is needed', { details: { field: 'roles' } });
  }
  return chosen;
}

/** Writes roles for the API. */
export function writeRoles(names: readonly string[]): readonly Role[] {
  return roles.filter((role) => names.includes(role)).map((role) => role.toUpperCase() as Role);
}

/**
 * Invariant: only an owner makes, changes or removes an owner.
 * @throws AppError `forbidden`
 */
export function requireMayTouch(actor: Actor, before: readonly string[], after: readonly string[]): void {
  const isAboutOwner = before.includes('owner') || after.includes('owner');
  if (isAboutOwner && !actor.roles.includes('owner')) {
    throw new AppError('forbidden', 'only an owner may change who owns the tenant', {
      details: { needs: 'owner' },
    });
  }
}

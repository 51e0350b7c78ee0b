import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '@sallyport/kernel';
import { type Requirement, requestContext, requirementKey } from './requires.ts';
import type { Session } from './session.ts';

/** Whether a session meets a requirement. */
export function isMet(session: Session, requirement: Requirement): boolean {
  if (requirement === 'signed-in') return true;
  if (requirement === 'operator') return session.isOperator;
  if (session.tenant === null || session.memberId === null) return false;
  return requirement === 'member' || session.permissions.has(requirement);
}

/** Stands before every query and mutation; one that names no requirement is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const requirement = this.reflector.get<Requirement | undefined>(requirementKey, context.getHandler());
    const { session } = requestContext(context);
    if (requirement !== undefined && isMet(session, requirement)) return true;
    throw new AppError('forbidden', undefined, { details: { needs: requirement ?? 'nothing' } });
  }
}

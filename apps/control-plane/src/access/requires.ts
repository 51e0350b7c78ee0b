import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { AppError, type Permission } from '@sallyport/kernel';
import type { Actor, OperatorActor, RequestContext, Session } from './session.ts';

/** What a query or mutation asks of a session; `signed-in` needs no tenant, `member` any role in one. */
export type Requirement = Permission | 'signed-in' | 'member' | 'operator';

export const requirementKey = 'sallyport:requires';

/** Names what a query or mutation needs. One without it is refused for everybody (see `access.guard.ts`). */
export const Requires = (requirement: Requirement): MethodDecorator & ClassDecorator =>
  SetMetadata(requirementKey, requirement);

/** The GraphQL context of the running request. */
export function requestContext(context: ExecutionContext): RequestContext {
  return GqlExecutionContext.create(context).getContext<RequestContext>();
}

/**
 * The session as a tenant's actor.
 * @throws AppError `forbidden` when the session acts in no tenant
 */
export function actorOf(session: Session): Actor {
  if (session.tenant === null || session.memberId === null) {
    throw new AppError('forbidden', 'the session acts in no tenant');
  }
  return {
    tenantId: session.tenant.id,
    tenantSlug: session.tenant.slug,
    userId: session.userId,
    memberId: session.memberId,
    email: session.email,
    roles: session.roles,
    permissions: session.permissions,
  };
}

/** Injects the session. */
export const CurrentSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Session => requestContext(context).session,
);

/** Injects the session as a tenant's actor. */
export const CurrentActor = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Actor => actorOf(requestContext(context).session),
);

/** Injects the session as an operator. */
export const CurrentOperator = createParamDecorator(
  (_data: unknown, context: ExecutionContext): OperatorActor => {
    const { session } = requestContext(context);
    if (!session.isOperator) throw new AppError('forbidden');
    return { userId: session.userId, email: session.email };
  },
);

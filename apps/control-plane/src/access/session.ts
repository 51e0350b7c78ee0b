import type { MemberId, MemberRole, Permission, TenantId, UserId } from '@sallyport/kernel';

/** A tenant as its members see it. */
export interface SessionTenant {
  readonly id: TenantId;
  readonly slug: string;
  readonly name: string;
  readonly state: 'active' | 'suspended';
}

/** Who is signed in, and in which one tenant the session acts. */
export interface Session {
  /** SHA-256 of the cookie's secret: the row's id. */
  readonly id: string;
  readonly userId: UserId;
  readonly email: string;
  readonly displayName: string;
  readonly isOperator: boolean;
  readonly tenant: SessionTenant | null;
  readonly memberId: MemberId | null;
  readonly roles: readonly MemberRole[];
  readonly permissions: ReadonlySet<Permission>;
}

/** A session that acts in a tenant: what use cases take. */
export interface Actor {
  readonly tenantId: TenantId;
  readonly tenantSlug: string;
  readonly userId: UserId;
  readonly memberId: MemberId;
  readonly email: string;
  readonly roles: readonly MemberRole[];
  readonly permissions: ReadonlySet<Permission>;
}

/** A session of an operator; names no tenant, so it cannot reach one's data by accident. */
export interface OperatorActor {
  readonly userId: UserId;
  readonly email: string;
}

/** What every GraphQL resolver gets. */
export interface RequestContext {
  readonly session: Session;
  /** Loaders of this request (see `graphql/batch.ts`). */
  readonly batches: Map<object, unknown>;
}

import { Inject } from '@nestjs/common';
import { Context, ID, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { CurrentSession, Requires } from '../access/requires.ts';
import type { RequestContext, Session } from '../access/session.ts';
import type { Env } from '../env.ts';
import { Arg } from '../graphql/arg.ts';
import { readId } from '../graphql/wire-ids.ts';
import { LiveHub } from '../live/live-hub.ts';
import { writeRoles } from '../members/member-roles.ts';
import type { Database } from '../platform/database.ts';
import { DB, ENV } from '../platform/tokens.ts';
import { SessionStore } from '../sign-in/session-store.ts';
import { type TenantSummaryModel, ViewerModel } from './viewer.model.ts';

export const productVersion = '0.1.0';

interface TenantRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly state: 'active' | 'suspended';
}

function toSummary(row: TenantRow): TenantSummaryModel {
  const { slug, name } = row;
  return {
    id: toWireId('tenant', row.id),
    slug,
    name,
    state: row.state === 'active' ? 'ACTIVE' : 'SUSPENDED',
  };
}

@Resolver(() => ViewerModel)
export class ViewerResolver {
  constructor(
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(LiveHub) private readonly hub: LiveHub,
    @Inject(DB) private readonly db: Database,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Requires('signed-in')
  @Query(() => ViewerModel)
  viewer(@CurrentSession() session: Session) {
    return this.view(session);
  }

  @Requires('signed-in')
  @Mutation(() => ViewerModel)
  async switchTenant(
    @CurrentSession() session: Session,
    @Arg('tenantId', () => ID) tenantId: string,
    @Context() context: { session: Session },
  ) {
    const moved = await this.sessions.switchTenant(session, readId('tenant', tenantId));
    context.session = moved;
    this.hub.closeSession(session.id);
    return this.view(moved);
  }

  @Requires('signed-in')
  @Mutation(() => Boolean)
  async signOut(@CurrentSession() session: Session): Promise<boolean> {
    await this.sessions.revoke(session.id);
    this.hub.closeSession(session.id);
    return true;
  }

  @ResolveField()
  async tenants(@Context() { session }: RequestContext): Promise<readonly TenantSummaryModel[]> {
    return (await this.sessions.tenantsOf(session.userId)).map(toSummary);
  }

  /** The first run is done once somebody has published a server and made a key. */
  @ResolveField()
  async firstRunDone(@Context() { session }: RequestContext): Promise<boolean> {
    const { tenant } = session;
    if (!tenant) return true;
    return this.db.withTenant(tenant.id, async (tx) => {
      const servers = await tx.server.count({ where: { state: 'published' } });
      const keys = await tx.apiKey.count({ where: { revokedAt: null } });
      return servers > 0 && keys > 0;
    });
  }

  private view(session: Session) {
    const { email, displayName } = session;
    return {
      user: { id: toWireId('user', session.userId), email, displayName },
      tenant: session.tenant ? toSummary(session.tenant) : null,
      roles: writeRoles(session.roles),
      permissions: [...session.permissions],
      isOperator: session.isOperator,
      gatewayUrl: this.env.GATEWAY_URL,
      consoleUrl: this.env.CONSOLE_URL,
      version: productVersion,
    };
  }
}

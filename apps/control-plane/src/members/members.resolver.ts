import { Inject } from '@nestjs/common';
import { Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Invitation } from '@sallyport/db';
import { AppError, toWireId } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { Role } from '../viewer/viewer.model.ts';
import { ChangeMember } from './change-member.ts';
import { Invitations } from './invitations.ts';
import { CreatedInvitationModel, InvitationModel, MemberModel } from './member.model.ts';
import { readRoles, writeRoles } from './member-roles.ts';
import { type MemberRow, MembersReadModel } from './members.read-model.ts';

function toMember(row: MemberRow): MemberModel {
  const { email, displayName } = row.user;
  return {
    id: toWireId('member', row.id),
    user: { id: toWireId('user', row.userId), email, displayName },
    roles: writeRoles(row.roles),
    joinedAt: row.joinedAt,
    lastSeenAt: row.lastSeenAt,
  };
}

function toInvitation(row: Invitation) {
  const { email, createdAt, expiresAt, usedAt } = row;
  const id = toWireId('invitation', row.id);
  return { inviter: row.invitedBy, id, email, roles: writeRoles(row.roles), createdAt, expiresAt, usedAt };
}
type InvitationView = ReturnType<typeof toInvitation>;

@Resolver(() => MemberModel)
export class MembersResolver {
  constructor(
    @Inject(MembersReadModel) private readonly membersOf: MembersReadModel,
    @Inject(ChangeMember) private readonly change: ChangeMember,
    @Inject(Invitations) private readonly invite: Invitations,
  ) {}

  @Requires('members.read')
  @Query(() => [MemberModel])
  async members(@CurrentActor() actor: Actor): Promise<readonly MemberModel[]> {
    return (await this.membersOf.list(actor.tenantId)).map(toMember);
  }

  @Requires('members.read')
  @Query(() => [InvitationModel])
  async invitations(@CurrentActor() actor: Actor): Promise<readonly InvitationView[]> {
    return (await this.membersOf.invitations(actor.tenantId)).map(toInvitation);
  }

  @Requires('members.write')
  @Mutation(() => CreatedInvitationModel)
  async inviteMember(
    @CurrentActor() actor: Actor,
    @Arg('email', () => String) email: string,
    @Arg('roles', () => [Role]) roles: readonly Role[],
  ) {
    const made = await this.invite.invite(actor, email, readRoles(roles));
    const [row] = await this.membersOf.invitations(actor.tenantId, [made.id]);
    if (!row) throw new AppError('not_found');
    return { invitation: toInvitation(row), url: made.url };
  }

  @Requires('members.write')
  @Mutation(() => Boolean)
  async revokeInvitation(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<boolean> {
    await this.invite.revoke(actor, readId('invitation', id));
    return true;
  }

  @Requires('members.write')
  @Mutation(() => MemberModel)
  async setMemberRoles(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) wireId: string,
    @Arg('roles', () => [Role]) roles: readonly Role[],
  ): Promise<MemberModel> {
    const id = readId('member', wireId);
    await this.change.setRoles(actor, id, readRoles(roles));
    return toMember(await this.membersOf.byId(actor.tenantId, id));
  }

  @Requires('members.write')
  @Mutation(() => Boolean)
  async removeMember(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<boolean> {
    await this.change.remove(actor, readId('member', id));
    return true;
  }
}

@Resolver(() => InvitationModel)
export class InvitationFieldsResolver {
  constructor(@Inject(TenantBatches) private readonly batches: TenantBatches) {}

  @ResolveField()
  invitedBy(
    @Parent() invitation: InvitationView,
    @Context() context: RequestContext,
  ): Promise<string | null> {
    return this.batches.person(context, invitation.inviter);
  }
}

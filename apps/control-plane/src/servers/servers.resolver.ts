import { Inject } from '@nestjs/common';
import { Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ServerState as ServerStateRow } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { StartVetting } from '../vetting/start-vetting.ts';
import { VetRunModel } from '../vetting/vet-report.model.ts';
import { toRunView } from '../vetting/vet-view.ts';
import { RegisterServer } from './register-server.ts';
import { ResumeServer } from './resume-server.ts';
import { RetireServer } from './retire-server.ts';
import {
  ConnectionInputModel,
  RegisterServerInputModel,
  ServerConnectionModel,
  ServerFilterModel,
  ServerModel,
} from './server.model.ts';
import { type ServerView, toServerView } from './server-view.ts';
import { ServersReadModel } from './servers.read-model.ts';
import { SuspendServer } from './suspend-server.ts';
import { UpdateConnection } from './update-connection.ts';

/** What the catalog's mutations do. */
export class ServerUseCases {
  constructor(
    readonly register: RegisterServer,
    readonly updateConnection: UpdateConnection,
    readonly suspend: SuspendServer,
    readonly resume: ResumeServer,
    readonly retire: RetireServer,
  ) {}
}

@Resolver(() => ServerModel)
export class ServersResolver {
  constructor(
    @Inject(ServersReadModel) private readonly catalog: ServersReadModel,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
    @Inject(ServerUseCases) private readonly use: ServerUseCases,
    @Inject(StartVetting) private readonly vetting: StartVetting,
  ) {}

  @Requires('catalog.read')
  @Query(() => ServerConnectionModel)
  async servers(
    @CurrentActor() actor: Actor,
    @Arg('filter', () => ServerFilterModel, { nullable: true }) filter: ServerFilterModel | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const state = filter?.state?.map((name) => name.toLowerCase() as ServerStateRow);
    const search = filter?.search ?? undefined;
    const page = await this.catalog.list(actor.tenantId, { state, search }, first, after);
    return { nodes: page.nodes.map(toServerView), pageInfo: page.pageInfo };
  }

  @Requires('catalog.read')
  @Query(() => ServerModel, { nullable: true })
  async server(@Arg('id', () => ID) id: string, @Context() context: RequestContext): Promise<ServerView> {
    return this.view(context, readId('server', id));
  }

  @Requires('catalog.write')
  @Mutation(() => ServerModel)
  async registerServer(
    @CurrentActor() actor: Actor,
    @Arg('input', () => RegisterServerInputModel) input: RegisterServerInputModel,
    @Context() context: RequestContext,
  ): Promise<ServerView> {
    return this.view(context, await this.use.register.execute(actor, input));
  }

  @Requires('catalog.write')
  @Mutation(() => ServerModel)
  async updateServerConnection(
    @CurrentActor() actor: Actor,
    @Arg('serverId', () => ID) serverId: string,
    @Arg('connection', () => ConnectionInputModel) connection: ConnectionInputModel,
    @Context() context: RequestContext,
  ): Promise<ServerView> {
    const id = readId('server', serverId);
    await this.use.updateConnection.execute(actor, id, connection);
    return this.view(context, id);
  }

  @Requires('catalog.write')
  @Mutation(() => VetRunModel)
  async vetServer(
    @CurrentActor() actor: Actor,
    @Arg('serverId', () => ID) serverId: string,
    @Context() context: RequestContext,
  ) {
    return this.startRun(actor, serverId, 'vet', context);
  }

  @Requires('catalog.write')
  @Mutation(() => VetRunModel)
  async recheckServer(
    @CurrentActor() actor: Actor,
    @Arg('serverId', () => ID) serverId: string,
    @Context() context: RequestContext,
  ) {
    return this.startRun(actor, serverId, 'recheck', context);
  }

  @Requires('catalog.write')
  @Mutation(() => ServerModel)
  async suspendServer(
    @CurrentActor() actor: Actor,
    @Arg('serverId', () => ID) serverId: string,
    @Arg('reason', () => String) reason: string,
    @Context() context: RequestContext,
  ): Promise<ServerView> {
    const id = readId('server', serverId);
    await this.use.suspend.execute(actor, id, reason);
    return this.view(context, id);
  }

  @Requires('catalog.write')
  @Mutation(() => ServerModel)
  async resumeServer(
    @CurrentActor() actor: Actor,
    @Arg('serverId', () => ID) serverId: string,
    @Context() context: RequestContext,
  ): Promise<ServerView> {
    const id = readId('server', serverId);
    await this.use.resume.execute(actor, id);
    return this.view(context, id);
  }

  @Requires('catalog.write')
  @Mutation(() => ServerModel)
  async retireServer(
    @CurrentActor() actor: Actor,
    @Arg('serverId', () => ID) serverId: string,
    @Arg('reason', () => String) reason: string,
    @Context() context: RequestContext,
  ): Promise<ServerView> {
    const id = readId('server', serverId);
    await this.use.retire.execute(actor, id, reason);
    return this.view(context, id);
  }

  private async view(context: RequestContext, id: string): Promise<ServerView> {
    const row = await this.batches.server(context, id);
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'server' } });
    return toServerView(row);
  }

  private async startRun(actor: Actor, serverId: string, kind: 'vet' | 'recheck', context: RequestContext) {
    const runId = await this.vetting.execute(actor, readId('server', serverId), kind);
    const run = await this.batches.run(context, runId);
    if (!run) throw new AppError('not_found');
    return toRunView(run);
  }
}

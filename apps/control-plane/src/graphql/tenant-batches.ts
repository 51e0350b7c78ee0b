import type { DetectionVerdict, Server, VetReport } from '@sallyport/db';
import { actorOf } from '../access/requires.ts';
import type { RequestContext } from '../access/session.ts';
import { VerdictsReadModel } from '../detection/verdicts.read-model.ts';
import type { Database } from '../platform/database.ts';
import { type ServerExtras, ServersReadModel, type ToolRow } from '../servers/servers.read-model.ts';
import { type RunRow, VetReadModel } from '../vetting/vet.read-model.ts';
import { batchOf } from './batch.ts';
import { loadMemberNames, loadPeople } from './people.ts';

const kinds = {
  servers: {},
  extras: {},
  tools: {},
  runs: {},
  reports: {},
  people: {},
  toolCalls: {},
  members: {},
  verdicts: {},
} as const;

/** The loaders of one request; each reads only the tenant that its session acts in. */
export class TenantBatches {
  private readonly catalog: ServersReadModel;
  private readonly vetting: VetReadModel;
  private readonly given: VerdictsReadModel;

  constructor(private readonly db: Database) {
    this.catalog = new ServersReadModel(db);
    this.vetting = new VetReadModel(db);
    this.given = new VerdictsReadModel(db);
  }

  server(context: RequestContext, id: string): Promise<Server | undefined> {
    return batchOf(context, kinds.servers, (ids) => this.catalog.byIds(tenantOf(context), ids)).get(id);
  }

  extras(context: RequestContext, serverId: string): Promise<ServerExtras | undefined> {
    return batchOf(context, kinds.extras, (ids) => this.catalog.extras(tenantOf(context), ids)).get(serverId);
  }

  tool(context: RequestContext, id: string): Promise<ToolRow | undefined> {
    return batchOf(context, kinds.tools, (ids) => this.catalog.toolsByIds(tenantOf(context), ids)).get(id);
  }

  run(context: RequestContext, id: string): Promise<RunRow | undefined> {
    return batchOf(context, kinds.runs, (ids) => this.vetting.runs(tenantOf(context), ids)).get(id);
  }

  report(context: RequestContext, id: string): Promise<VetReport | undefined> {
    return batchOf(context, kinds.reports, (ids) => this.vetting.reports(tenantOf(context), ids)).get(id);
  }

  async verdicts(context: RequestContext, receiptId: string): Promise<readonly DetectionVerdict[]> {
    const load = (ids: readonly string[]) => this.given.ofReceipts(tenantOf(context), ids);
    return (await batchOf(context, kinds.verdicts, load).get(receiptId)) ?? [];
  }

  async toolCalls(context: RequestContext, toolId: string): Promise<number> {
    const load = (ids: readonly string[]) => this.catalog.callsOfTools(tenantOf(context), ids, new Date());
    return (await batchOf(context, kinds.toolCalls, load).get(toolId)) ?? 0;
  }

  memberName(context: RequestContext, memberId: string): Promise<string | undefined> {
    return batchOf(context, kinds.members, (ids) => loadMemberNames(this.db, tenantOf(context), ids)).get(
      memberId,
    );
  }

  /** A user's name as members of the tenant see it; somebody from outside (an operator) has none here. */
  async person(context: RequestContext, userId: string | null): Promise<string | null> {
    if (userId === null) return null;
    const name = await batchOf(context, kinds.people, (ids) =>
      loadPeople(this.db, tenantOf(context), ids),
    ).get(userId);
    return name ?? 'someone outside this tenant';
  }
}

function tenantOf(context: RequestContext): string {
  return actorOf(context.session).tenantId;
}

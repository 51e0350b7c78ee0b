import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { Change, TenantChanges } from '../platform/tenant-changes.ts';
import { isDecided, moveServer } from '../servers/server-state.ts';

/** Hands a run to the job queue. It may fail: the reconciler finds runs that Postgres says are due. */
export interface VetQueue {
  enqueue(kind: 'vet' | 'recheck', job: { readonly tenantId: string; readonly runId: string }): Promise<void>;
}

type VetKind = 'vet' | 'recheck';

/** Starts vetting runs: the row in the change's transaction, the job after its commit. */
export class StartVetting {
  constructor(
    private readonly changes: TenantChanges,
    private readonly queueOfJobs: VetQueue,
    private readonly onQueueFailure: (cause: unknown) => void,
  ) {}

  /** Adds a run inside a change. @throws AppError `conflict` when the server has one under way */
  async queue(change: Change, serverId: string, kind: VetKind): Promise<{ readonly id: string }> {
    const { tenantId, userId } = change.author;
    const busy = await change.tx.vetRun.count({ where: { serverId, state: { in: ['queued', 'running'] } } });
    if (busy > 0)
      throw new AppError('conflict', 'a vetting run is under way', { details: { reason: 'run_under_way' } });
    const run = await change.tx.vetRun.create({ data: { tenantId, serverId, kind, requestedBy: userId } });
    change.live('vet', run.id);
    return run;
  }

  /** Hands a committed run to the queue. */
  async enqueue(tenantId: string, runId: string, kind: VetKind = 'vet'): Promise<void> {
    try {
      await this.queueOfJobs.enqueue(kind, { tenantId, runId });
    } catch (cause) {
      this.onQueueFailure(cause);
    }
  }

  /**
   * Vets a server again: whole, with a new review, before it was decided on; else as a re-check of its tools.
   * @throws AppError `not_found`, `illegal_transition`, `conflict`
   */
  async execute(actor: Actor, serverId: string, asked: VetKind): Promise<string> {
    const made = await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId: actor.tenantId, id: serverId } };
      const server = await change.tx.server.findUnique({ where });
      if (!server) throw new AppError('not_found');
      const kind = isDecided(server.state) ? 'recheck' : 'vet';
      if (asked === 'recheck' && kind === 'vet') moveServer(server.state, 'published');
      if (kind === 'vet') {
        const state = moveServer(server.state, 'vet_started');
        await change.tx.server.update({ where, data: { state } });
        const open = { serverId, state: 'open', kind: 'server' } as const;
        await change.tx.approval.updateMany({
          where: open,
          data: { state: 'superseded', decidedAt: change.at },
        });
      }
      const run = await this.queue(change, serverId, kind);
      await change.receipt({
        action: kind === 'vet' ? 'server.vet' : 'server.recheck',
        subjectKind: 'server',
        subjectId: serverId,
      });
      change.live('server', serverId);
      return { runId: run.id, kind } as const;
    });
    await this.enqueue(actor.tenantId, made.runId, made.kind);
    return made.runId;
  }
}

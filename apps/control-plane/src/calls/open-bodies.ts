import { AppError } from '@sallyport/kernel';
import { openBox } from '@sallyport/vault';
import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { CallBodiesModel } from './call.model.ts';
import type { CallsReadModel } from './calls.read-model.ts';

/** Opens the kept arguments and result of a call; whoever looks is on record before anything is shown. */
export class OpenBodies {
  constructor(
    private readonly calls: CallsReadModel,
    private readonly changes: TenantChanges,
    private readonly privateKey: string | undefined,
  ) {}

  async execute(actor: Actor, callId: string): Promise<CallBodiesModel | null> {
    const row = await this.calls.sealedBodies(actor.tenantId, callId);
    if (!row || this.privateKey === undefined) return null;
    await this.changes.run(actor, (change) =>
      change.receipt({ action: 'call.bodies.read', subjectKind: 'call', subjectId: callId }),
    );
    return {
      arguments: this.open(row.args, `${actor.tenantId}|${callId}|args`),
      result: this.open(row.result, `${actor.tenantId}|${callId}|result`),
    };
  }

  private open(box: string | null, aad: string): string | null {
    if (box === null || this.privateKey === undefined) return null;
    try {
      return Buffer.from(openBox({ privateKey: this.privateKey, box, aad })).toString('utf8');
    } catch (cause) {
      throw new AppError('internal_error', 'a kept body does not open', { cause });
    }
  }
}

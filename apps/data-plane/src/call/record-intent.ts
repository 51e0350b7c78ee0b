import type { CallSpool } from '../spool/spool.ts';
import { grant, stop } from './call.ts';
import { intentText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';

/** Stage 11. Invariant: the intent is in the spool before anything leaves, or nothing leaves. */
export function createRecordIntent(spool: CallSpool): Stage<'lent', 'intentRecorded'> {
  return (call) => {
    const { tenant } = call;
    const room = spool.roomFor(tenant.id);
    if (room !== 'free') return stop('audit_unavailable', { details: { reason: room } });
    try {
      spool.appendText(intentText(call), { kind: 'intent', callId: call.callId, tenantId: tenant.id });
    } catch (cause) {
      return stop('audit_unavailable', { details: { reason: 'write_failed' }, cause });
    }
    call.hasIntent = true;
    if (!tenant.settings.strictAudit) return grant<'intentRecorded'>(call);
    return spool.synced().then(
      () => grant<'intentRecorded'>(call),
      (cause: unknown) => stop('audit_unavailable', { details: { reason: 'sync_failed' }, cause }),
    );
  };
}

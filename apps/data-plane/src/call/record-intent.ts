import type { CallSpool } from '../spool/spool.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import { intentText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';

/** Stage 11. Invariant: the intent is in the spool before anything leaves, or nothing leaves. */
export function createRecordIntent(spool: CallSpool): Stage<'lent', 'intentRecorded'> {
  return (call) => {
    const written = writeIntent(call, spool);
    if (written instanceof Promise) return written.then((late) => late ?? grant<'intentRecorded'>(call));
    return written ?? grant<'intentRecorded'>(call);
  };
}

/** The same for a subscription: from here on an upstream may be asked to tell us something. */
export function createRecordSubscription(spool: CallSpool): Stage<'permitted', 'subscribable'> {
  return (call) => {
    const written = writeIntent(call, spool);
    if (written instanceof Promise) return written.then((late) => late ?? grant<'subscribable'>(call));
    return written ?? grant<'subscribable'>(call);
  };
}

function writeIntent(
  call: Call<'identified'>,
  spool: CallSpool,
): Stop | undefined | Promise<Stop | undefined> {
  const { tenant } = call;
  const room = spool.roomFor(tenant.id);
  if (room !== 'free') return stop('audit_unavailable', { details: { reason: room } });
  try {
    spool.appendText(intentText(call), { kind: 'intent', callId: call.callId, tenantId: tenant.id });
  } catch (cause) {
    return stop('audit_unavailable', { details: { reason: 'write_failed' }, cause });
  }
  call.hasIntent = true;
  if (!tenant.settings.strictAudit) return undefined;
  return spool.synced().then(
    () => undefined,
    (cause: unknown) => stop('audit_unavailable', { details: { reason: 'sync_failed' }, cause }),
  );
}

import { AppError, isAppError } from '@sallyport/kernel';
import { type RpcNotification, writeNotification } from '@sallyport/mcp';
import { callTool } from '../upstream/upstream.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import { judge } from './inspect-request.ts';
import { scanResult } from './inspect-response.ts';
import type { Stage } from './pipeline.ts';

/** Stage 12: out through `outbound`. Takes only a call whose intent is recorded, which proves every stage before it. */
export const dispatch: Stage<'intentRecorded', 'dispatched'> = async (call) => {
  const abort = new AbortController();
  call.abort = abort;
  const startedAt = performance.now();
  try {
    call.reply = await callTool({
      upstream: call.upstream,
      tool: call.tool,
      argsText: call.argsText,
      args: call.args,
      progressToken: call.progressToken,
      credential: call.credential,
      signal: abort.signal,
      timeoutMs: call.tenant.settings.callTimeoutMs,
      onNotification: (notification) => passOn(call, notification),
    });
    return grant<'dispatched'>(call);
  } catch (error) {
    if (call.cut !== null) return stop('timeout', { details: { reason: 'cancelled' } });
    return upstreamStop(error);
  } finally {
    call.upstreamUs = Math.round((performance.now() - startedAt) * 1000);
    call.abort = null;
  }
};

/** What `outbound` and the upstream's answer may throw, in words that an agent may read. */
function upstreamStop(error: unknown): Stop {
  if (!isAppError(error)) throw error;
  switch (error.code) {
    case 'upstream_unreachable':
    case 'upstream_protocol':
    case 'timeout':
      return stop(error.code, { details: error.details, cause: error });
    case 'egress_denied':
      return stop('upstream_unreachable', { details: { reason: 'egress_denied' }, cause: error });
    case 'too_large':
      return stop('upstream_protocol', { details: { reason: 'too_large' }, cause: error });
    default:
      throw new AppError('internal_error', 'unexpected failure of the upstream call', { cause: error });
  }
}

/** Notifications about this request that go on to the caller; all others end here. */
const passed: ReadonlySet<string> = new Set(['notifications/progress', 'notifications/message']);

function passOn(call: Call<'intentRecorded'>, notification: RpcNotification): Promise<void> | undefined {
  const { method, params } = notification;
  if (!passed.has(method) || call.cut !== null) return undefined;
  // The modern era sends log messages only where the request asked for them, and we never ask upstream.
  if (method === 'notifications/message' && call.era === 'modern') return undefined;
  if (method === 'notifications/progress' && params?.progressToken !== call.progressToken) return undefined;
  // Invariant: nothing an upstream says reaches the model unseen, on the way as little as at the end.
  const halted = judge(call, scanResult(params), call.tenant.settings.responseInspection, 'blocked_response');
  return halted ? undefined : call.sink.notify(writeNotification(method, params));
}

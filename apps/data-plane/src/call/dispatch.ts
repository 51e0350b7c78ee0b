import { AppError, isAppError } from '@sallyport/kernel';
import { type RpcNotification, writeNotification } from '@sallyport/mcp';
import type { Converse } from '../conversation/converse.ts';
import type { Sending } from '../conversation/outgoing.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import { type Call, type CallState, grant, type Stop, stop } from './call.ts';
import { judge } from './inspect-request.ts';
import { scanResult } from './inspect-response.ts';
import type { Stage } from './pipeline.ts';
import { underOurTask } from './related-task.ts';

export interface DispatchDeps {
  readonly converse: Converse;
  /** The least level of log messages that a legacy session wants. */
  readonly levels: SessionLevels;
}

interface SessionLevels {
  /** Where this worker heard of it. */
  knownLevel(session: LegacySession): string | undefined;
  level(session: LegacySession): Promise<string | undefined>;
}

/** Stage 12: out through `outbound`. Takes only a call whose intent is recorded, which proves every stage before it. */
export function createDispatch(deps: DispatchDeps): Stage<'intentRecorded', 'dispatched'> {
  return async (call) => {
    const abort = new AbortController();
    call.abort = abort;
    const startedAt = performance.now();
    try {
      const answered = await deps.converse(call, sendingOf(call, deps, abort), (notification) =>
        passOn(call, notification, deps.levels),
      );
      if (answered.kind === 'stop') return answered;
      call.reply = answered;
      return grant<'dispatched'>(call);
    } catch (error) {
      if (call.cut !== null) return stop('timeout', { details: { reason: 'cancelled' } });
      return upstreamStop(error);
    } finally {
      call.upstreamUs = Math.round((performance.now() - startedAt) * 1000);
      call.abort = null;
    }
  };
}

function sendingOf(call: Call<'intentRecorded'>, { levels }: DispatchDeps, abort: AbortController): Sending {
  const { request, session } = call;
  return {
    upstream: call.upstream,
    method: request.method,
    params: request.params,
    paramsText: request.paramsText,
    tool: call.tool,
    clientCapabilities: call.clientCapabilities,
    passMeta: call.passMeta,
    logLevel: session === null ? call.logLevel : (levels.knownLevel(session) ?? null),
    wantsProgress: call.progressToken !== null,
    credential: call.credential,
    abort,
    signal: abort.signal,
    timeoutMs: call.tenant.settings.callTimeoutMs,
  };
}

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

/** What an upstream says about this very request goes on to its caller, in the words of the caller's era. */
function passOn(
  call: Call<'intentRecorded'>,
  notification: RpcNotification,
  levels: SessionLevels,
): Promise<void> | undefined {
  const { method } = notification;
  if (call.cut !== null || !isWanted(call, method)) return undefined;
  const { session } = call;
  if (method !== 'notifications/message' || session === null || levels.knownLevel(session) !== undefined) {
    return tell(call, notification);
  }
  // The level may have been set on another worker before this one was there to hear it.
  return levels
    .level(session)
    .then((least) =>
      isLoudEnough(notification.params?.level, least) ? tell(call, notification) : undefined,
    );
}

function tell(call: Call<'intentRecorded'>, notification: RpcNotification): Promise<void> | undefined {
  const { method } = notification;
  const said = underOurTask(call, notification.params);
  const params = method === 'notifications/progress' ? { ...said, progressToken: call.progressToken } : said;
  // Invariant: nothing an upstream says reaches the model unseen, on the way as little as at the end.
  const halted = judge(call, scanResult(params), call.tenant.settings.responseInspection, 'blocked_response');
  return halted ? undefined : call.sink.notify(writeNotification(method, params));
}

const loudness = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

function isLoudEnough(level: unknown, least: string | undefined): boolean {
  if (least === undefined) return true;
  return typeof level === 'string' && loudness.indexOf(level) >= loudness.indexOf(least);
}

function isWanted(call: CallState, method: string): boolean {
  switch (method) {
    case 'notifications/progress':
      return call.progressToken !== null;
    // The modern era sends log messages only where the request asked for them.
    case 'notifications/message':
      return call.era === 'legacy' || call.logLevel !== null;
    case 'notifications/elicitation/complete':
    case 'notifications/tasks/status':
      return call.era === 'legacy';
    default:
      return false;
  }
}

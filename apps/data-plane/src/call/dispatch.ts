import { AppError, isAppError } from '@sallyport/kernel';
import { type RpcNotification, type WireObject, writeNotification } from '@sallyport/mcp';
import type { Converse } from '../conversation/converse.ts';
import type { Sending } from '../conversation/outgoing.ts';
import { carryOn, textOfNotification } from '../inspection/carry.ts';
import type { Inspected, Inspector } from '../inspection/inspector.ts';
import { viewOf } from '../inspection/result-view.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import { type Call, type CallState, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import { underOurTask } from './related-task.ts';

export interface DispatchDeps {
  readonly converse: Converse;
  /** The least level of log messages that a legacy session wants. */
  readonly levels: SessionLevels;
  readonly inspector: Inspector;
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
        passOn(deps, call, notification),
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
  deps: DispatchDeps,
  call: Call<'intentRecorded'>,
  notification: RpcNotification,
): Promise<void> | undefined {
  const { levels } = deps;
  const { method } = notification;
  if (call.cut !== null || !isWanted(call, method)) return undefined;
  const { session } = call;
  if (method !== 'notifications/message' || session === null || levels.knownLevel(session) !== undefined) {
    return tell(deps, call, notification);
  }
  // The level may have been set on another worker before this one was there to hear it.
  return levels
    .level(session)
    .then((least) =>
      isLoudEnough(notification.params?.level, least) ? tell(deps, call, notification) : undefined,
    );
}

function tell(
  { inspector }: DispatchDeps,
  call: Call<'intentRecorded'>,
  notification: RpcNotification,
): Promise<void> | undefined {
  const { method } = notification;
  const said = underOurTask(call, notification.params);
  const next = textOfNotification(method, said);
  // Invariant: nothing an upstream says reaches the model unseen, on the way as little as at the end.
  const { view: value, whole } = viewOf(said ?? {});
  const inspected = inspector.inspect(call, { direction: 'inbound', surface: 'result', value, next });
  if (next) call.carry = carryOn(call.carry, next.text);
  const release = (seen: Inspected): Promise<void> | undefined => {
    if (seen.kind === 'blocked' || call.cut !== null) return undefined;
    const passed = said === undefined ? undefined : whole(seen.value as WireObject);
    const params =
      method === 'notifications/progress' ? { ...passed, progressToken: call.progressToken } : passed;
    return call.sink.notify(writeNotification(method, params));
  };
  return inspected instanceof Promise ? inspected.then(release) : release(inspected);
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

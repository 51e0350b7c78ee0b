import { isJsonObject, type RpcNotification, type WireObject } from '@sallyport/mcp';
import type { ExchangeInput } from './turn.ts';

const levels = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];
const ownPrefix = 'sallyport/';

/**
 * What a caller may see of what an upstream says on the way: progress of this very request, log messages of the level
 * asked for, that a page was finished, and how the task that was asked about stands. All else ends here.
 */
export function passNotification(
  input: Pick<ExchangeInput, 'wantsProgress' | 'logLevel' | 'onNotification' | 'params'>,
  token: number,
  notification: RpcNotification,
): Promise<void> | undefined {
  const { method, params } = notification;
  switch (method) {
    case 'notifications/progress': {
      if (!input.wantsProgress || params?.progressToken !== token) return undefined;
      const { progressToken: _ours, ...rest } = params;
      return input.onNotification({ kind: 'notification', method, params: withoutOwn(rest) });
    }
    case 'notifications/message':
      if (!isLoudEnough(params?.level, input.logLevel)) return undefined;
      return input.onNotification({ kind: 'notification', method, params: withoutOwn(params) });
    case 'notifications/tasks/status':
      if (params?.taskId === undefined || params.taskId !== input.params.taskId) return undefined;
      return input.onNotification({ kind: 'notification', method, params: withoutOwn(params) });
    case 'notifications/elicitation/complete':
      return input.onNotification({ kind: 'notification', method, params: withoutOwn(params) });
    default:
      return undefined;
  }
}

function isLoudEnough(level: unknown, least: string | null): boolean {
  if (least === null) return true;
  return typeof level === 'string' && levels.indexOf(level) >= levels.indexOf(least);
}

/** Invariant: by `_meta["sallyport/…"]` speaks the gateway alone. */
function withoutOwn(params: WireObject | undefined): WireObject | undefined {
  const meta = params?._meta;
  if (!params || !isJsonObject(meta)) return params;
  const kept = Object.entries(meta).filter(([key]) => !key.startsWith(ownPrefix));
  return { ...params, _meta: Object.fromEntries(kept) };
}

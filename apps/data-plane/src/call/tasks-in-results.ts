import { declaresTasks, isJsonObject, type WireObject } from '@sallyport/mcp';
import { leadsAstray } from '../conversation/ask-url.ts';
import { missingCapability } from '../wire/client-capabilities.ts';
import { type Call, isStop, type Stop, stop } from './call.ts';
import { relatedKey } from './related-task.ts';
import { taskMethods } from './resolve-task.ts';
import type { TaskHandles } from './task-handles.ts';
import { withoutOwnMeta } from './upstream-voice.ts';

const maxUpstreamIdLength = 512;

/**
 * A result with our ids of tasks in the place of the upstream's. What names a task where the caller could not expect
 * one is no MCP.
 */
export function nameTasks(
  call: Call<'dispatched'>,
  result: WireObject,
  handles: TaskHandles,
): WireObject | Stop {
  if (taskMethods.has(call.method)) return ofTask(call, result);
  if (result.resultType === 'task') {
    if (call.era !== 'modern' || call.method !== 'tools/call' || !declaresTasks(call.clientCapabilities))
      return refused('unasked_task');
    return created(call, result, result.ttlMs, handles);
  }
  if (call.request.params.task === undefined || !isJsonObject(result.task)) return result;
  const task = created(call, result.task, result.task.ttl, handles);
  return isStop(task) ? task : { ...result, task };
}

function created(
  call: Call<'dispatched'>,
  task: WireObject,
  ttl: unknown,
  handles: TaskHandles,
): WireObject | Stop {
  const { taskId } = task;
  const fault = faultyAsk(call, task.inputRequests);
  if (fault) return fault;
  if (typeof taskId !== 'string' || taskId === '' || taskId.length > maxUpstreamIdLength)
    return refused('task_id');
  const ttlMs = typeof ttl === 'number' && Number.isFinite(ttl) && ttl >= 0 ? ttl : undefined;
  return { ...task, taskId: handles.seal(call, taskId, ttlMs) };
}

/** What an upstream says of a task that was asked for: under the id the caller knows, and of that task alone. */
function ofTask(call: Call<'dispatched'>, result: WireObject): WireObject | Stop {
  const known = call.request.params.taskId;
  if (result.taskId !== undefined && result.taskId !== known) return refused('other_task');
  const fault = faultyAsk(call, result.inputRequests);
  if (fault) return fault;
  const meta = result._meta;
  const isRelated = isJsonObject(meta) && isJsonObject(meta[relatedKey]);
  const inner = isJsonObject(result.result) ? { result: withoutOwnMeta(result.result) } : {};
  return {
    ...result,
    ...inner,
    ...(result.taskId === undefined ? {} : { taskId: call.params?.taskId }),
    ...(isRelated ? { _meta: { ...meta, [relatedKey]: { taskId: call.params?.taskId } } } : {}),
  };
}

/** A client is asked for nothing that it did not offer, and led nowhere but to https: in a task as in a call. */
function faultyAsk(call: Call<'dispatched'>, requests: unknown): Stop | undefined {
  if (requests === undefined) return undefined;
  if (!isJsonObject(requests)) return refused('input_requests');
  for (const ask of Object.values(requests)) {
    if (!isJsonObject(ask) || typeof ask.method !== 'string') return refused('input_requests');
    const params = isJsonObject(ask.params) ? ask.params : undefined;
    if (missingCapability(call.clientCapabilities, { method: ask.method, params })) {
      return refused('undeclared_capability');
    }
    if (leadsAstray({ method: ask.method, params })) return refused('elicitation_url');
  }
  return undefined;
}

function refused(reason: string): Stop {
  return stop('upstream_protocol', { details: { reason } });
}

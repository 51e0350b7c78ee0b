import { declaresTasks, isJsonObject, tasksExtension, type WireObject } from '@sallyport/mcp';
import type { ExposedItem } from '@sallyport/snapshot';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import { unknownMethod } from './resolve-own.ts';
import { isTakenBack, noArguments, settle, wrongParams } from './resolved.ts';
import type { TaskHandles } from './task-handles.ts';

/** Methods by era: the extension of 2026-07-28 (SEP-2663), and the core tasks of 2025-11-25. */
const methods = {
  modern: new Set(['tasks/get', 'tasks/update', 'tasks/cancel']),
  legacy: new Set(['tasks/get', 'tasks/result', 'tasks/cancel']),
} as const;
const coreTasksVersion = '2025-11-25';

/** Every method of tasks; `tasks/list` is not declared: nobody can say of an upstream's list whose tasks are in it. */
export const taskMethods: ReadonlySet<string> = new Set([...methods.modern, ...methods.legacy]);

/** Stage 4 of `tasks/*`: the sealed id becomes a task of one tool, which must still be exposed to its caller. */
export function createResolveTask(
  upstreams: Pick<Upstreams, 'of'>,
  handles: TaskHandles,
): Stage<'read', 'resolved'> {
  return (call) => {
    const refused = isServed(call) ? missingExtension(call) : unknownMethod(call);
    if (refused) return refused;
    const { method, params } = call;
    if (typeof params?.taskId !== 'string') return wrongParams('taskId must be text');
    const responses = params.inputResponses;
    if (method === 'tasks/update' && !isJsonObject(responses)) {
      return wrongParams('inputResponses must be an object');
    }
    const task = handles.open(call, params.taskId);
    const item = task && findTool(call, task.toolId);
    if (!item) return stop('unknown_task');
    call.toolName = item.name;
    // What the caller says now is looked at; the arguments were judged when the task began.
    const args: WireObject = isJsonObject(responses) ? { inputResponses: responses } : noArguments;
    const sent: WireObject = { taskId: task.upstreamTaskId, ...args };
    const request = { method, params: sent, paramsText: JSON.stringify(sent) };
    return settle(call, { item, args, argsText: JSON.stringify(args), request }, upstreams);
  };
}

function isServed({ era, method, version }: Call<'read'>): boolean {
  return methods[era].has(method) && (era === 'modern' || version === coreTasksVersion);
}

function findTool({ endpoint, tenant }: Call<'read'>, toolId: string): ExposedItem | undefined {
  const item = endpoint.listed('tool').find(({ context }) => context.tool.id === toolId);
  return item && !isTakenBack(tenant, item) ? item : undefined;
}

/** A modern client declares the extension in each request that uses it. */
function missingExtension({ era, clientCapabilities }: Call<'read'>): Stop | undefined {
  if (era !== 'modern') return undefined;
  if (declaresTasks(clientCapabilities)) return undefined;
  const requiredCapabilities = { extensions: { [tasksExtension]: {} } };
  return stop('capability_missing', { details: { requiredCapabilities } });
}

/**
 * Stage 7 of `tasks/*`: the call that began the task was permitted with its arguments; whoever may not see the tool any
 * more may not fetch its result either.
 */
export const authorizeTask: Stage<'pinAsked', 'authorized'> = (call) => {
  if (!call.slice.mayList())
    return stop('denied', { details: { reason: 'The tool is not permitted any more.' } });
  call.decision = { kind: 'permit', policyIds: [] };
  return grant<'authorized'>(call);
};

/** The wish of a legacy caller that a tool runs as a task, as it goes upstream; `undefined` where there is none. */
export function askedTask(call: Call<'read'>): WireObject | Stop | undefined {
  const task = call.params?.task;
  // Every other revision, and the modern era, takes no notice of such a member.
  if (task === undefined || call.era !== 'legacy' || call.version !== coreTasksVersion) return undefined;
  if (!isJsonObject(task)) return wrongParams('task must be an object');
  const { ttl } = task;
  return typeof ttl === 'number' && Number.isFinite(ttl) && ttl >= 0 ? { ttl } : {};
}

import { findParameterMismatch, isJsonObject, toolSearchNames, type WireObject } from '@sallyport/mcp';
import type { ExposedItem } from '@sallyport/snapshot';
import { parametersOf } from '../config/tool-parameters.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type Call, isStop, type Stop, stop } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { askedTask } from './resolve-task.ts';
import { type Found, isTakenBack, maxNameShown, noArguments, settle, wrongParams } from './resolved.ts';

const metaNames: ReadonlySet<string> = new Set(toolSearchNames);

/** Stage 4 of a call: the exposed name becomes a tool, its server and its pin, from memory. */
export function createResolveTool(upstreams: Pick<Upstreams, 'of'>): Stage<'read', 'resolved'> {
  return (call) => {
    const isOuter = call.endpoint.toolSearch && call.params?.name === 'call_tool';
    const params = isOuter ? innerParams(call.params) : call.params;
    const name = params?.name;
    if (typeof name !== 'string') return wrongParams('name must be text');
    call.toolName = cleanText(name, maxNameShown);
    const args = argumentsOf(params);
    if (!args) return wrongParams('arguments must be an object');
    const item = findTool(call, name, isOuter);
    if (!item) return stop('unknown_tool', { details: { tool: call.toolName } });
    // Headers mirror what stands outside; of a call inside another there are none.
    const task = (isOuter ? undefined : mirrorFault(call, item, args)) ?? askedTask(call);
    return isStop(task) ? task : settle(call, foundOf(item, args, task), upstreams);
  };
}

function argumentsOf(params: WireObject | undefined): WireObject | undefined {
  const given = params?.arguments;
  if (given === undefined) return noArguments;
  return isJsonObject(given) ? given : undefined;
}

function findTool(call: Call<'read'>, name: string, isInner: boolean): ExposedItem | undefined {
  if (isInner && metaNames.has(name)) return undefined;
  const item = call.endpoint.toolByName(name);
  return item && !isTakenBack(call.tenant, item) ? item : undefined;
}

/** The call inside `call_tool`: policy, pins, limits and receipt speak of it alone. */
function innerParams(params: WireObject | undefined): WireObject | undefined {
  const inner = params?.arguments;
  return isJsonObject(inner) ? inner : undefined;
}

function foundOf(item: ExposedItem, args: WireObject, task: WireObject | undefined): Found {
  const { name } = item.context.tool;
  const argsText = JSON.stringify(args);
  const taskText = task === undefined ? '' : `,"task":${JSON.stringify(task)}`;
  return {
    item,
    args,
    argsText,
    request: {
      method: 'tools/call',
      params: task === undefined ? { name, arguments: args } : { name, arguments: args, task },
      paramsText: `{"name":${JSON.stringify(name)},"arguments":${argsText}${taskText}}`,
    },
  };
}

/** Whoever parses the body compares it with the headers that mirror parts of it. */
function mirrorFault(call: Call<'read'>, item: ExposedItem, args: WireObject): Stop | undefined {
  if (call.era !== 'modern') return undefined;
  const parameters = parametersOf(item.context);
  if (parameters.length === 0) return undefined;
  const mismatch = findParameterMismatch(call.req.headers, parameters, args);
  if (!mismatch) return undefined;
  return stop('header_mismatch', { details: { header: mismatch.header, problem: mismatch.problem } });
}

import { findParameterMismatch, isJsonObject, toolSearchNames, type WireObject } from '@sallyport/mcp';
import type { ExposedItem } from '@sallyport/snapshot';
import { parametersOf } from '../config/tool-parameters.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type Call, type Stop, stop, type UpstreamRequest } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { isTakenBack, maxNameShown, noArguments, settle, wrongParams } from './resolved.ts';

const metaNames: ReadonlySet<string> = new Set(toolSearchNames);

/** Stage 4 of a call: the exposed name becomes a tool, its server and its pin, from memory. */
export function createResolveTool(upstreams: Pick<Upstreams, 'of'>): Stage<'read', 'resolved'> {
  return (call) => {
    const isOuter = call.endpoint.toolSearch && call.params?.name === 'call_tool';
    const params = isOuter ? innerParams(call.params) : call.params;
    const name = params?.name;
    if (typeof name !== 'string') return wrongParams('name must be text');
    call.toolName = cleanText(name, maxNameShown);
    const args = params?.arguments === undefined ? noArguments : params.arguments;
    if (!isJsonObject(args)) return wrongParams('arguments must be an object');
    const item = findTool(call, name, isOuter);
    if (!item) return stop('unknown_tool', { details: { tool: call.toolName } });
    // Headers mirror what stands outside; of a call inside another there are none.
    const fault = isOuter ? undefined : mirrorFault(call, item, args);
    if (fault) return fault;
    const argsText = JSON.stringify(args);
    return settle(call, { item, args, argsText, request: requestOf(item, args, argsText) }, upstreams);
  };
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

function requestOf(item: ExposedItem, args: WireObject, argsText: string): UpstreamRequest {
  const { name } = item.context.tool;
  return {
    method: 'tools/call',
    params: { name, arguments: args },
    paramsText: `{"name":${JSON.stringify(name)},"arguments":${argsText}}`,
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

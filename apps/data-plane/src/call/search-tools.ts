import { isJsonObject, searchLimits, toModernResult, toolSearchNames, type WireObject } from '@sallyport/mcp';
import { shownDefinition } from '../config/shown-item.ts';
import { serverInfo } from '../wire/server-info.ts';
import { type Call, type CallState, grant, type Stop, stop } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { isTakenBack, maxNameShown, noArguments } from './resolved.ts';

/** Names of the tools that we answer ourselves; `call_tool` is a call of the tool inside. */
const answered: ReadonlySet<unknown> = new Set(toolSearchNames.filter((name) => name !== 'call_tool'));
const maxDescription = 200;

/** Whether a call is for one of the tools by which an endpoint lets others be found. */
export function isToolSearch(call: CallState): boolean {
  return call.endpoint?.toolSearch === true && answered.has(call.params?.name);
}

/** Stage 7 of a tool search: finds and shows tools in their approved words, and only those the agent may list. */
export const searchTools: Stage<'counted', 'answerable'> = (call) => {
  const given = call.params?.arguments;
  const args = isJsonObject(given) ? given : noArguments;
  call.toolName = String(call.params?.name);
  call.args = args;
  const found = call.toolName === 'describe_tool' ? describe(call, args) : search(call, args);
  if ('kind' in found) return found as Stop;
  const result = { content: [{ type: 'text', text: found.text }], structuredContent: found.structured };
  call.resultText = JSON.stringify(call.era === 'modern' ? toModernResult(result, serverInfo) : result);
  return grant<'answerable'>(call);
};

interface Shown {
  readonly text: string;
  readonly structured: WireObject;
}

function misfit(path: string, problem: string): Stop {
  return stop('invalid_arguments', { details: { problems: [{ path, problem }] } });
}

function search(call: Call<'counted'>, args: WireObject): Shown | Stop {
  const { query, limit = searchLimits.defaultResults } = args;
  if (typeof query !== 'string' || query.length > searchLimits.queryLength) {
    return misfit('/query', `must be text of at most ${searchLimits.queryLength} characters`);
  }
  if (
    typeof limit !== 'number' ||
    !Number.isSafeInteger(limit) ||
    limit < 1 ||
    limit > searchLimits.maxResults
  ) {
    return misfit('/limit', `must be an integer from 1 to ${searchLimits.maxResults}`);
  }
  const { lists } = call.tenant;
  const { items, search: index } = lists.search(call.endpoint);
  const hits = index.search(query, limit, (position) => {
    const item = items[position];
    return item !== undefined && lists.maySee(item, call.principal);
  });
  const tools = hits.flatMap(({ position, score }) => {
    const item = items[position];
    if (!item) return [];
    const { title, description } = shownDefinition(item, call.endpoint);
    const short = typeof description === 'string' ? cleanText(description, maxDescription) : '';
    return [{ name: item.name, ...(typeof title === 'string' ? { title } : {}), description: short, score }];
  });
  const lines = tools.map(({ name, description }) => `${name}: ${description.replace(/\s+/g, ' ')}`);
  return {
    text: lines.length === 0 ? 'No tool was found; try other words.' : lines.join('\n'),
    structured: { tools },
  };
}

function describe(call: Call<'counted'>, args: WireObject): Shown | Stop {
  const { name } = args;
  if (typeof name !== 'string') return misfit('/name', 'must be text');
  const item = call.endpoint.toolByName(name);
  if (!item || isTakenBack(call.tenant, item) || !call.tenant.lists.maySee(item, call.principal)) {
    return stop('unknown_tool', { details: { tool: cleanText(name, maxNameShown) } });
  }
  const tool = shownDefinition(item, call.endpoint);
  return { text: JSON.stringify(tool), structured: { tool } };
}

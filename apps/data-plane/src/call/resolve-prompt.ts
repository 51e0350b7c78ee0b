import { isJsonObject } from '@sallyport/mcp';
import type { Upstreams } from '../upstream/upstreams.ts';
import { stop } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { isTakenBack, maxNameShown, noArguments, settle, wrongParams } from './resolved.ts';

/** Stage 4 of `prompts/get`: the exposed name becomes a prompt of one server. */
export function createResolvePrompt(upstreams: Pick<Upstreams, 'of'>): Stage<'read', 'resolved'> {
  return (call) => {
    const { tenant, endpoint, params } = call;
    const name = params?.name;
    if (typeof name !== 'string') return wrongParams('name must be text');
    call.toolName = cleanText(name, maxNameShown);
    const given = params?.arguments;
    if (given !== undefined && !isJsonObject(given)) return wrongParams('arguments must be an object');
    const item = endpoint.promptByName(name);
    if (!item || isTakenBack(tenant, item)) {
      return stop('unknown_prompt', { details: { prompt: call.toolName } });
    }
    const args = given ?? noArguments;
    const sent = { name: item.context.tool.name, ...(given === undefined ? {} : { arguments: given }) };
    const paramsText = JSON.stringify(sent);
    return settle(
      call,
      { item, args, argsText: paramsText, request: { method: 'prompts/get', params: sent, paramsText } },
      upstreams,
    );
  };
}

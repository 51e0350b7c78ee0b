import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { ExposedItem } from '@sallyport/snapshot';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type Call, type Stop, stop } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { unknownResource } from './resolve-resource.ts';
import { isTakenBack, maxNameShown, settle, wrongParams } from './resolved.ts';

interface Reference {
  readonly item: ExposedItem;
  /** The reference in the upstream's names. */
  readonly ref: WireObject;
}

/** Stage 4 of `completion/complete`: the reference becomes a prompt or a template of one server. */
export function createResolveCompletion(upstreams: Pick<Upstreams, 'of'>): Stage<'read', 'resolved'> {
  return (call) => {
    const { params } = call;
    const argument = params?.argument;
    if (!isJsonObject(argument) || typeof argument.name !== 'string' || typeof argument.value !== 'string') {
      return wrongParams('argument must have name and value');
    }
    const context = params?.context;
    if (context !== undefined && !isJsonObject(context)) return wrongParams('context must be an object');
    const found = findReference(call, params?.ref);
    if ('kind' in found) return found;
    const { name, value } = argument;
    const given = isJsonObject(context?.arguments) ? { context: { arguments: context.arguments } } : {};
    const sent = { ref: found.ref, argument: { name, value }, ...given };
    const paramsText = JSON.stringify(sent);
    return settle(
      call,
      {
        item: found.item,
        args: { argument: { name, value }, ...given },
        argsText: paramsText,
        request: { method: 'completion/complete', params: sent, paramsText },
      },
      upstreams,
    );
  };
}

function findReference(call: Call<'read'>, ref: unknown): Reference | Stop {
  if (!isJsonObject(ref)) return wrongParams('ref must be an object');
  const { name, uri } = ref;
  if (ref.type === 'ref/prompt' && typeof name === 'string') {
    call.toolName = cleanText(name, maxNameShown);
    const item = call.endpoint.promptByName(name);
    if (!item || isTakenBack(call.tenant, item)) {
      return stop('unknown_prompt', { details: { prompt: call.toolName } });
    }
    return { item, ref: { type: 'ref/prompt', name: item.context.tool.name } };
  }
  if (ref.type === 'ref/resource' && typeof uri === 'string') {
    call.toolName = cleanText(uri, maxNameShown);
    const item = findTemplate(call, uri);
    if (!item || isTakenBack(call.tenant, item)) return unknownResource(call, uri);
    return { item, ref: { type: 'ref/resource', uri: item.context.tool.name } };
  }
  return wrongParams('ref must name a prompt or a resource');
}

/** A template by its own text; a resource may be named too. */
function findTemplate({ endpoint }: Call<'read'>, uri: string): ExposedItem | undefined {
  const isNamed = ({ name }: ExposedItem): boolean => name === uri;
  return endpoint.listed('template').find(isNamed) ?? endpoint.listed('resource').find(isNamed);
}

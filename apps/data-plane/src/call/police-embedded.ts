import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { ToolContext } from '@sallyport/snapshot';
import { isStop, type Stop } from './call.ts';
import { notPinned, policeUi, withoutUi } from './police-ui.ts';

/** Finds the approved page of a URI, of the server that speaks. */
export type ApprovedPage = (uri: string) => ToolContext | undefined;

/**
 * A result whose content may embed whole resources. Invariant: T41, a page of an app among them is the approved one, or
 * the result does not leave: clients show what is embedded like what they read.
 */
export function policeEmbedded(result: WireObject, approved: ApprovedPage): WireObject | Stop {
  // Hardly any result embeds a resource; those that do not are left as they are.
  if (!embeds(result.content) && !embeds(result.messages) && !isJsonObject(result.result)) return result;
  const content = policeValue(result.content, approved);
  const messages = policeValue(result.messages, approved);
  const inner = isJsonObject(result.result) ? policeEmbedded(result.result, approved) : undefined;
  for (const policed of [content, messages, inner]) if (isStop(policed)) return policed;
  return {
    ...result,
    ...(content === undefined ? {} : { content }),
    ...(messages === undefined ? {} : { messages }),
    ...(inner === undefined ? {} : { result: inner }),
  };
}

function embeds(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(embeds);
  return isJsonObject(value) && (isJsonObject(value.resource) || embeds(value.content));
}

/** A block, a message that holds one, or a list of either. */
function policeValue(value: unknown, approved: ApprovedPage): unknown {
  if (Array.isArray(value)) {
    const policed = value.map((each) => policeValue(each, approved));
    return policed.find(isStop) ?? policed;
  }
  if (!isJsonObject(value) || !embeds(value)) return value;
  if (!isJsonObject(value.resource)) {
    const content = policeValue(value.content, approved);
    return isStop(content) ? content : { ...value, content };
  }
  const resource = policeResource(value.resource, approved);
  return isStop(resource) ? resource : { ...value, resource };
}

function policeResource(resource: WireObject, approved: ApprovedPage): unknown {
  const page = typeof resource.uri === 'string' ? approved(resource.uri) : undefined;
  if (!page) return withoutUi(resource) ?? notPinned(null);
  const policed = policeUi(page, [resource]);
  return isStop(policed) ? policed : policed[0];
}

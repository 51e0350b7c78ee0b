import { isJsonObject, type WireObject } from '@sallyport/mcp';

/** Types whose bytes are text that a model or a client reads. */
const textual =
  /^(?:text\/|application\/(?:json|xml|javascript|yaml|toml|sql|x-sh|ld\+json)|[^;]*\+(?:json|xml))/i;
const maxDecoded = 1024 * 1024;

/**
 * What of a result is text: base64 of pictures and sound is left out, base64 of text is decoded. Nothing here leaves for
 * the caller; it is only looked at.
 */
export function scannable(method: string, result: WireObject): unknown {
  if (method === 'resources/read' && Array.isArray(result.contents)) {
    return { ...result, contents: result.contents.map(readable) };
  }
  if (method === 'prompts/get' && Array.isArray(result.messages)) {
    return { ...result, messages: result.messages.map(readableMessage) };
  }
  if (result.resultType !== 'input_required') return result;
  // Our own sealed text is noise to a detector.
  const { requestState: _state, ...rest } = result;
  return rest;
}

function readableMessage(message: unknown): unknown {
  if (!isJsonObject(message) || !isJsonObject(message.content)) return message;
  const { content } = message;
  if (isJsonObject(content.resource)) {
    return { ...message, content: { ...content, resource: readable(content.resource) } };
  }
  if (typeof content.data !== 'string') return message;
  const { data: _data, ...rest } = content;
  return { ...message, content: rest };
}

function readable(content: unknown): unknown {
  if (!isJsonObject(content) || typeof content.blob !== 'string') return content;
  const { blob, ...rest } = content;
  if (!isTextual(content.mimeType)) return rest;
  return { ...rest, blob: Buffer.from(String(blob).slice(0, maxDecoded), 'base64').toString('utf8') };
}

function isTextual(mimeType: unknown): boolean {
  // Without a type nobody knows what a client will make of it.
  return typeof mimeType !== 'string' || textual.test(mimeType.trim());
}

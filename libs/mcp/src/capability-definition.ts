import type { Sha256Hex } from '@sallyport/kernel';
import { maxToolNameLength, readToolDefinition } from './canonical-definition.ts';
import type { CapabilityKind } from './endpoint-names.ts';
import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';

/** Longest URI or URI template we take from an upstream. */
export const maxUriLength = 1_024;

/** A capability as an upstream listed it: what names it there, and the whole object as it came. */
export interface CapabilityDefinition {
  readonly name: string;
  readonly definition: WireObject;
}

/** Reads one entry of a list of an upstream, or its instructions; `undefined` when it is none of its kind. */
export function readCapability(kind: CapabilityKind, input: unknown): CapabilityDefinition | undefined {
  if (!isJsonObject(input)) return undefined;
  const definition = input as WireObject;
  switch (kind) {
    case 'tool': {
      const tool = readToolDefinition(input);
      return tool && { name: tool.name, definition };
    }
    case 'prompt':
      return named(definition, definition.name, maxToolNameLength);
    case 'resource':
      return named(definition, definition.uri, maxUriLength);
    case 'template':
      return named(definition, definition.uriTemplate, maxUriLength);
    case 'instructions':
      return typeof definition.instructions === 'string' ? { name: 'instructions', definition } : undefined;
  }
}

function named(definition: WireObject, name: unknown, maxLength: number): CapabilityDefinition | undefined {
  if (typeof name !== 'string' || name === '' || name.length > maxLength || !name.isWellFormed())
    return undefined;
  return bytesOf(name) <= maxNameBytes ? { name, definition } : undefined;
}

/** Names are keys of an index, and entries of one have their limit in bytes. */
const maxNameBytes = 2_000;

/** Not below the size in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) bytes += text.charCodeAt(at) < 0x80 ? 1 : 3;
  return bytes;
}

/**
 * The definition of a `ui://` resource: as it is listed (when it is), with what its content says of itself and the hash
 * of that content, so that the HTML of an app is pinned like a tool. Whoever observes it again makes the same object.
 * `undefined` where the answer to `resources/read` does not hold exactly one content of this URI.
 */
export function uiDefinition(input: {
  readonly uri: string;
  /** The entry of `resources/list`; absent for one that only a tool names. */
  readonly listed: WireObject | undefined;
  /** The result of `resources/read`. */
  readonly read: WireObject;
  readonly sha256: Sha256Hex;
}): WireObject | undefined {
  const { uri, listed } = input;
  const content =
    Array.isArray(input.read.contents) && input.read.contents.length === 1 ? input.read.contents[0] : 0;
  if (!isJsonObject(content) || content.uri !== uri) return undefined;
  const body = uiBody(content);
  if (!body?.data.isWellFormed()) return undefined;
  const mimeType = content.mimeType ?? listed?.mimeType;
  const meta = { ...objectOr(listed?._meta), ...objectOr(content._meta) };
  const { contentForm: _ours, ...entry } = objectOr(listed);
  return {
    ...entry,
    uri,
    name: typeof listed?.name === 'string' ? listed.name : uri,
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(Object.keys(meta).length === 0 ? {} : { _meta: meta }),
    contentSha256: input.sha256(body.data),
    ...(body.form === 'blob' ? { contentForm: 'blob' } : {}),
  };
}

/** The one body of a content: the same characters mean one thing as text and another as base64. */
export function uiBody(
  content: WireObject,
): { readonly form: 'text' | 'blob'; readonly data: string } | undefined {
  const { text, blob } = content;
  // Of two bodies, one would be approved and the other shown.
  if (text !== undefined && blob !== undefined) return undefined;
  if (typeof text === 'string') return { form: 'text', data: text };
  return typeof blob === 'string' ? { form: 'blob', data: blob } : undefined;
}

function objectOr(input: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(input) ? input : {};
}

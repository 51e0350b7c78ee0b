import { hash } from 'node:crypto';
import { isJsonObject, uiBody, type WireObject } from '@sallyport/mcp';
import type { ToolContext } from '@sallyport/snapshot';
import { type Stop, stop } from './call.ts';

const uiScheme = 'ui://';
const appProfile = /;\s*profile\s*=\s*"?mcp-app/i;

/** Whether a resource's content was approved with it, so that the content itself is what is compared. */
export function isPinnedByContent({ tool }: ToolContext): boolean {
  return tool.kind === 'resource' && tool.name.startsWith(uiScheme);
}

/**
 * User interfaces of servers run in the client. Invariant: T41, the HTML that leaves is the HTML that was approved, and
 * where it may connect and what it may ask for is what was approved, whatever the reply says.
 */
export function policeUi(tool: ToolContext, contents: readonly unknown[]): readonly unknown[] | Stop {
  if (!isPinnedByContent(tool)) {
    const policed = contents.map(withoutUi);
    return policed.includes(undefined) ? notPinned(null) : policed;
  }
  const definition = tool.definition();
  const [content] = contents;
  if (contents.length !== 1 || !isJsonObject(content)) return notPinned(null);
  const body = uiBody(content);
  const digest = body ? hash('sha256', body.data, 'hex') : null;
  const isSame = digest === definition.contentSha256 && body?.form === (definition.contentForm ?? 'text');
  if (digest === null || !isSame) return notPinned(digest);
  const approved = isJsonObject(definition._meta) ? definition._meta : {};
  const { _meta: given, ...rest } = content;
  const { ui: _ui, ...kept } = isJsonObject(given) ? given : {};
  const meta = approved.ui === undefined ? kept : { ...kept, ui: approved.ui };
  const mimeType = definition.mimeType === undefined ? {} : { mimeType: definition.mimeType };
  return [{ ...rest, ...mimeType, ...(Object.keys(meta).length === 0 ? {} : { _meta: meta }) }];
}

/** Of what is no approved interface, a client must not make one; `undefined` = it is offered as one all the same. */
export function withoutUi(content: unknown): unknown {
  if (!isJsonObject(content)) return content;
  const isOffered =
    (typeof content.uri === 'string' && content.uri.toLowerCase().startsWith(uiScheme)) ||
    (typeof content.mimeType === 'string' && appProfile.test(content.mimeType));
  if (isOffered) return undefined;
  const meta = content._meta;
  if (!isJsonObject(meta) || meta.ui === undefined) return content;
  const { ui: _ui, ...kept } = meta;
  return { ...content, _meta: kept } satisfies WireObject;
}

export function notPinned(observed: string | null): Stop {
  return stop('tool_changed', { details: { observed, what: 'content' } });
}

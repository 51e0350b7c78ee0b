import { randomUUID } from 'node:crypto';
import { isJsonObject, type RpcError, type WireObject } from '@sallyport/mcp';
import { relatedKey } from '../call/related-task.ts';
import type { Ask } from '../upstream/turn.ts';
import type { Asks } from './answers.ts';

/** What a legacy server asks, in the words of the modern era: no task, no id to follow a link by. */
export function toModernAsks(requests: Asks): Readonly<Record<string, WireObject>> {
  return Object.fromEntries(
    Object.entries(requests).map(([key, { method, params }]) => {
      if (params === undefined) return [key, { method }];
      const { elicitationId: _id, task: _task, ...rest } = params;
      return [key, { method, params: withoutTask(rest) }];
    }),
  );
}

/** Nor the mark of a task. */
function withoutTask(params: WireObject): WireObject {
  if (!isJsonObject(params._meta) || params._meta[relatedKey] === undefined) return params;
  const { [relatedKey]: _related, ...rest } = params._meta;
  return { ...params, _meta: rest };
}

const urlRequired = -32_042;
const maxUrls = 16;

/** Whether an error says that pages must be opened first. */
export const isUrlRequired = ({ code }: RpcError): boolean => code === urlRequired;

/**
 * 2025-11-25 refuses a call until the user has opened some pages, by an error that the modern era must not see: there
 * it is a question, and the retry is the same call once more.
 */
export function asksForUrls(error: RpcError): Asks | undefined {
  const listed = isUrlRequired(error) && isJsonObject(error.data) ? error.data.elicitations : undefined;
  if (!Array.isArray(listed) || listed.length === 0 || listed.length > maxUrls) return undefined;
  if (!listed.every((one) => isJsonObject(one) && one.mode === 'url')) return undefined;
  return Object.fromEntries(
    listed.map((params: WireObject, at) => [`url-${at + 1}`, { method: 'elicitation/create', params }]),
  );
}

/** What a server asks, in the words of a legacy client's revision. */
export function toLegacyAsk({ method, params }: Ask, version: string): Ask {
  if (method !== 'elicitation/create') return { method, params };
  const { mode, ...rest } = params ?? {};
  // The mode came with 2025-11-25; before that there were forms only.
  if (version < '2025-11-25') return { method, params: rest };
  if (mode !== 'url' || rest.elicitationId !== undefined) return { method, params };
  return { method, params: { ...params, elicitationId: randomUUID() } };
}

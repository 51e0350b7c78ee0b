import { randomUUID } from 'node:crypto';
import type { WireObject } from '@sallyport/mcp';
import type { Ask } from '../upstream/turn.ts';
import type { Asks } from './answers.ts';

/** What a legacy server asks, in the words of the modern era: no task, no id to follow a link by. */
export function toModernAsks(requests: Asks): Readonly<Record<string, WireObject>> {
  return Object.fromEntries(
    Object.entries(requests).map(([key, { method, params }]) => {
      const { elicitationId: _id, task: _task, ...rest } = params ?? {};
      return [key, params === undefined ? { method } : { method, params: rest }];
    }),
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

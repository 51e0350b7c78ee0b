import { canonicalJson, type Json } from '@sallyport/kernel';
import { isJsonObject } from './json-limits.ts';

/** One difference between two definitions; `path` holds keys and array places from the root down. */
export type DefinitionChange =
  | { readonly kind: 'added'; readonly path: readonly string[]; readonly after: Json }
  | { readonly kind: 'removed'; readonly path: readonly string[]; readonly before: Json }
  | {
      readonly kind: 'changed';
      readonly path: readonly string[];
      readonly before: Json;
      readonly after: Json;
    };

/** Most changes listed; a definition that differs more is shown whole anyway. */
export const maxChanges = 500;

interface Pair {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Lists what differs between two definitions, in the order of their keys; equal definitions give nothing. */
export function diffDefinitions(before: unknown, after: unknown): readonly DefinitionChange[] {
  const changes: DefinitionChange[] = [];
  const stack: Pair[] = [{ path: [], before, after }];
  for (let pair = stack.pop(); pair && changes.length < maxChanges; pair = stack.pop()) {
    const children = childPairs(pair);
    if (children) stack.push(...children.reverse());
    else {
      const change = compareLeaf(pair);
      if (change) changes.push(change);
    }
  }
  return changes;
}

/** Pairs of members when both sides are containers of one sort; else `undefined`: compare them as leaves. */
function childPairs({ path, before, after }: Pair): Pair[] | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, i) => ({
      path: [...path, String(i)],
      before: before[i] as unknown,
      after: after[i] as unknown,
    }));
  }
  if (!isJsonObject(before) || !isJsonObject(after)) return undefined;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.map((key) => ({ path: [...path, key], before: own(before, key), after: own(after, key) }));
}

function own(node: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

function compareLeaf({ path, before, after }: Pair): DefinitionChange | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return { kind: 'added', path, after: after as Json };
  if (after === undefined) return { kind: 'removed', path, before: before as Json };
  if (canonicalJson(before) === canonicalJson(after)) return undefined;
  return { kind: 'changed', path, before: before as Json, after: after as Json };
}

/** Bounds on JSON that came from outside; a caller picks them per surface. */
export interface JsonLimits {
  readonly maxDepth: number;
  /** Object keys in the whole document. */
  readonly maxKeys: number;
}

/** Bounds for one JSON-RPC message. */
export const messageLimits: JsonLimits = { maxDepth: 64, maxKeys: 10_000 };

/** Why a JSON value is refused. */
export type JsonFault =
  | { readonly kind: 'too_deep'; readonly limit: number }
  | { readonly kind: 'too_many_keys'; readonly limit: number }
  | { readonly kind: 'dangerous_key'; readonly key: string }
  | { readonly kind: 'not_finite' }
  | { readonly kind: 'lone_surrogate' };

/** `JSON.parse` makes these own properties; a later copy or merge would turn them into a prototype. */
const dangerousKeys: ReadonlySet<string> = new Set(['__proto__']);

/**
 * Checks depth, key count, dangerous keys, infinities and lone surrogates of an already parsed JSON value. It goes no
 * deeper than the limit, so the depth of the input costs no stack; the value is never copied.
 */
export function findJsonFault(value: unknown, limits: JsonLimits = messageLimits): JsonFault | undefined {
  return visit(value, 0, { keys: 0, limits });
}

interface Walk {
  keys: number;
  readonly limits: JsonLimits;
}

function visit(node: unknown, depth: number, walk: Walk): JsonFault | undefined {
  if (depth > walk.limits.maxDepth) return { kind: 'too_deep', limit: walk.limits.maxDepth };
  if (typeof node !== 'object' || node === null) return scalarFault(node);
  if (!Array.isArray(node)) return visitMembers(node as Readonly<Record<string, unknown>>, depth, walk);
  for (const member of node) {
    const fault = visit(member, depth + 1, walk);
    if (fault) return fault;
  }
  return undefined;
}

function visitMembers(
  node: Readonly<Record<string, unknown>>,
  depth: number,
  walk: Walk,
): JsonFault | undefined {
  const names = Object.keys(node);
  walk.keys += names.length;
  if (walk.keys > walk.limits.maxKeys) return { kind: 'too_many_keys', limit: walk.limits.maxKeys };
  for (const name of names) {
    if (dangerousKeys.has(name)) return { kind: 'dangerous_key', key: name };
    if (!name.isWellFormed()) return { kind: 'lone_surrogate' };
    const fault = visit(node[name], depth + 1, walk);
    if (fault) return fault;
  }
  return undefined;
}

function scalarFault(node: unknown): JsonFault | undefined {
  if (typeof node === 'string') return node.isWellFormed() ? undefined : { kind: 'lone_surrogate' };
  if (typeof node === 'number') return Number.isFinite(node) ? undefined : { kind: 'not_finite' };
  return undefined;
}

/** Whether a parsed JSON value is an object (not null, not an array). */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

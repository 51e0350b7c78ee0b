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
 * Checks depth, key count, dangerous keys, infinities and lone surrogates of an already parsed JSON value.
 * Iterative, so the depth of the input costs no stack; the value is never copied.
 */
export function findJsonFault(value: unknown, limits: JsonLimits = messageLimits): JsonFault | undefined {
  const walk: Walk = { keys: 0, next: [value] };
  for (let depth = 0; walk.next.length > 0; depth += 1) {
    if (depth > limits.maxDepth) return { kind: 'too_deep', limit: limits.maxDepth };
    const level = walk.next;
    walk.next = [];
    for (const node of level) {
      const fault = visit(node, walk);
      if (fault) return fault;
      if (walk.keys > limits.maxKeys) return { kind: 'too_many_keys', limit: limits.maxKeys };
    }
  }
  return undefined;
}

interface Walk {
  keys: number;
  /** Containers and values of the next level. */
  next: unknown[];
}

function visit(node: unknown, walk: Walk): JsonFault | undefined {
  if (typeof node !== 'object' || node === null) return scalarFault(node);
  if (Array.isArray(node)) {
    for (const member of node) walk.next.push(member);
    return undefined;
  }
  for (const name of Object.keys(node)) {
    walk.keys += 1;
    if (dangerousKeys.has(name)) return { kind: 'dangerous_key', key: name };
    if (!name.isWellFormed()) return { kind: 'lone_surrogate' };
    walk.next.push((node as Record<string, unknown>)[name]);
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

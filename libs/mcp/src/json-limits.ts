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
  let level: unknown[] = [value];
  let keys = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.maxDepth) return { kind: 'too_deep', limit: limits.maxDepth };
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null) {
        const fault = scalarFault(node);
        if (fault) return fault;
        continue;
      }
      if (Array.isArray(node)) {
        for (const member of node) next.push(member);
        continue;
      }
      const names = Object.keys(node);
      keys += names.length;
      if (keys > limits.maxKeys) return { kind: 'too_many_keys', limit: limits.maxKeys };
      const fault = collectMembers(node as Record<string, unknown>, names, next);
      if (fault) return fault;
    }
    level = next;
  }
  return undefined;
}

function collectMembers(
  node: Record<string, unknown>,
  names: readonly string[],
  into: unknown[],
): JsonFault | undefined {
  for (const name of names) {
    if (dangerousKeys.has(name)) return { kind: 'dangerous_key', key: name };
    if (!name.isWellFormed()) return { kind: 'lone_surrogate' };
    into.push(node[name]);
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

import { findJsonFault, isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';
import { expansionFault } from './schema-expansion.ts';

/** Bounds on one JSON Schema of a tool. */
export interface SchemaLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxKeys: number;
  /** Subschemas after every local `$ref` is followed. */
  readonly maxExpandedNodes: number;
}

export const schemaLimits: SchemaLimits = {
  maxBytes: 64 * 1024,
  maxDepth: 32,
  maxKeys: 5_000,
  maxExpandedNodes: 20_000,
};

/** Why a tool's schema is refused. */
export type SchemaFault =
  | { readonly kind: 'not_an_object' }
  | { readonly kind: 'too_large'; readonly limit: number }
  | { readonly kind: 'too_deep'; readonly limit: number }
  | { readonly kind: 'too_many_keys'; readonly limit: number }
  | { readonly kind: 'bad_value' }
  | { readonly kind: 'remote_ref'; readonly ref: string }
  | { readonly kind: 'unresolved_ref'; readonly ref: string }
  | { readonly kind: 'endless_ref' }
  | { readonly kind: 'expands_too_far'; readonly limit: number };

/** Checks size, depth, keys and references of a schema before anything interprets it. */
export function findSchemaFault(
  schema: unknown,
  limits: SchemaLimits = schemaLimits,
): SchemaFault | undefined {
  if (!isJsonObject(schema)) return { kind: 'not_an_object' };
  const shape = findJsonFault(schema, limits);
  if (shape) return fromShape(shape);
  if (utf8Length(JSON.stringify(schema)) > limits.maxBytes)
    return { kind: 'too_large', limit: limits.maxBytes };
  return expansionFault(schema as WireObject, limits.maxExpandedNodes);
}

function fromShape(fault: NonNullable<ReturnType<typeof findJsonFault>>): SchemaFault {
  if (fault.kind === 'too_deep' || fault.kind === 'too_many_keys') return fault;
  return { kind: 'bad_value' };
}

/** Bytes of well-formed text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes; other units above 0x7ff take three.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

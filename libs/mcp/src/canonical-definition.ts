import { canonicalJson, type Sha256Hex } from '@sallyport/kernel';
import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';

/** Longest tool name we take from an upstream. */
export const maxToolNameLength = 256;

/** A tool definition as an upstream listed it: at least a name, everything else kept as it came. */
export type ToolDefinition = WireObject & { readonly name: string };

/** Reads one entry of `tools/list`; `undefined` when it is no tool. Bound it with `findSchemaFault` too. */
export function readToolDefinition(value: unknown): ToolDefinition | undefined {
  if (!isJsonObject(value)) return undefined;
  const name = value.name;
  if (typeof name !== 'string' || name === '' || name.length > maxToolNameLength || !name.isWellFormed()) {
    return undefined;
  }
  return isJsonObject(value.inputSchema) ? (value as ToolDefinition) : undefined;
}

/**
 * The canonical text of a tool definition: RFC 8785 over the whole object. Every key counts, also those
 * we do not know, because a client may show or obey any of them; only the order of keys does not count.
 * @throws AppError `malformed` when the value is not plain JSON.
 */
export function canonicalDefinition(definition: WireObject): string {
  return canonicalJson(definition);
}

/** The digest a pin holds: SHA-256 of the canonical text, in lower-case hex. */
export function definitionDigest(definition: WireObject, sha256Hex: Sha256Hex): string {
  return sha256Hex(canonicalDefinition(definition));
}

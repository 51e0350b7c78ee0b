import { isJsonObject } from './json-limits.ts';

/** A schema property that is mirrored into `Mcp-Param-{headerName}`. */
export interface HeaderParameter {
  readonly headerName: string;
  /** Keys from the arguments object down to the value. */
  readonly path: readonly string[];
}

export type HeaderParameters =
  | { readonly kind: 'ok'; readonly parameters: readonly HeaderParameter[] }
  | { readonly kind: 'invalid'; readonly reason: string };

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const mirroredTypes: ReadonlySet<unknown> = new Set(['string', 'integer', 'boolean']);
const mark = 'x-mcp-header';

/**
 * Finds the properties a tool's input schema marks with `x-mcp-header`. A mark elsewhere than on a
 * string, integer or boolean reachable through `properties` alone makes the tool invalid.
 * Bound the schema with `findSchemaFault` first.
 */
export function headerParameters(inputSchema: unknown): HeaderParameters {
  const found: HeaderParameter[] = [];
  const names = new Set<string>();
  const queue: { readonly node: unknown; readonly path: readonly string[]; readonly isReachable: boolean }[] =
    [{ node: inputSchema, path: [], isReachable: true }];
  for (const { node, path, isReachable } of queue) {
    if (Array.isArray(node)) {
      for (const member of node) queue.push({ node: member, path, isReachable: false });
    }
    if (!isJsonObject(node)) continue;
    if (Object.hasOwn(node, mark)) {
      const reason = markFault(node, isReachable && path.length > 0, names);
      if (reason !== undefined) return { kind: 'invalid', reason };
      found.push({ headerName: String(node[mark]), path });
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'properties' && isJsonObject(child)) {
        for (const [name, property] of Object.entries(child)) {
          queue.push({ node: property, path: [...path, name], isReachable });
        }
      } else if (!dataKeywords.has(key)) queue.push({ node: child, path, isReachable: false });
    }
  }
  return { kind: 'ok', parameters: found };
}

/** Keywords whose value is data, not a schema: a mark in there is just text. */
const dataKeywords: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', mark]);

function markFault(
  node: Readonly<Record<string, unknown>>,
  isReachable: boolean,
  names: Set<string>,
): string | undefined {
  const name = node[mark];
  if (!isReachable) return `${mark} outside a chain of properties`;
  if (typeof name !== 'string' || !tokenPattern.test(name)) return `${mark} is not a header token`;
  if (!mirroredTypes.has(node['type'])) return `${mark} on a property that is not string, integer or boolean`;
  if (names.has(name.toLowerCase())) return `${mark} is used twice`;
  names.add(name.toLowerCase());
  return undefined;
}

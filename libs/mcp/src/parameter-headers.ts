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

interface Position {
  readonly node: unknown;
  readonly path: readonly string[];
  readonly isReachable: boolean;
}

/**
 * Finds the properties a tool's input schema marks with `x-mcp-header`. A mark elsewhere than on a
 * string, integer or boolean reachable through `properties` alone makes the tool invalid.
 * Bound the schema with `findSchemaFault` first.
 */
export function headerParameters(inputSchema: unknown): HeaderParameters {
  const found: HeaderParameter[] = [];
  const names = new Set<string>();
  const queue: Position[] = [{ node: inputSchema, path: [], isReachable: true }];
  for (const position of queue) {
    const { node, path, isReachable } = position;
    if (isJsonObject(node) && Object.hasOwn(node, mark)) {
      const reason = markFault(node, isReachable && path.length > 0, names);
      if (reason !== undefined) return { kind: 'invalid', reason };
      found.push({ headerName: String(node[mark]), path });
    }
    for (const child of childPositions(position)) queue.push(child);
  }
  return { kind: 'ok', parameters: found };
}

function childPositions({ node, path, isReachable }: Position): Position[] {
  if (Array.isArray(node)) return node.map((member) => ({ node: member, path, isReachable: false }));
  if (!isJsonObject(node)) return [];
  return Object.entries(node).flatMap(([key, child]): Position[] => {
    if (dataKeywords.has(key)) return [];
    if (key !== 'properties' || !isJsonObject(child)) return [{ node: child, path, isReachable: false }];
    return Object.entries(child).map(([name, property]) => ({
      node: property,
      path: [...path, name],
      isReachable,
    }));
  });
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
  if (!mirroredTypes.has(node.type)) return `${mark} on a property that is not string, integer or boolean`;
  if (names.has(name.toLowerCase())) return `${mark} is used twice`;
  names.add(name.toLowerCase());
  return undefined;
}

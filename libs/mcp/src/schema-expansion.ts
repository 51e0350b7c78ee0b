import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';
import type { SchemaFault } from './schema-limits.ts';

/** Keywords that apply another schema to the same value: a cycle through these alone never ends. */
const inPlaceKeywords: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
]);
const refKeywords = ['$ref', '$dynamicRef', '$recursiveRef'] as const;
/** Keywords whose value is data: a `$ref` in there is only text. */
const dataKeywords: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', 'required']);

interface Edge {
  readonly target: object;
  readonly ref: string | undefined;
  readonly isInPlace: boolean;
}

class ExpansionStop extends Error {
  readonly fault: SchemaFault;
  constructor(fault: SchemaFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/**
 * Follows every local `$ref` and counts subschemas as a validator would meet them. Refuses references
 * that leave the document, lead nowhere, loop on one value, or multiply beyond the limit.
 */
export function expansionFault(schema: WireObject, maxNodes: number): SchemaFault | undefined {
  const anchors = collectAnchors(schema);
  const costs = new Map<object, number>();
  const open = new Map<object, number>();
  // Depth of recursion is bounded: the depth limit times the number of distinct nodes on one path,
  // and the path is cut where it meets a node that is still open.
  const cost = (node: object, inPlaceDepth: number): number => {
    const known = costs.get(node);
    if (known !== undefined) return known;
    open.set(node, inPlaceDepth);
    if (open.size > maxNodes) throw new ExpansionStop({ kind: 'expands_too_far', limit: maxNodes });
    let sum = 1;
    for (const edge of edgesOf(node, schema, anchors)) {
      const nextDepth = edge.isInPlace ? inPlaceDepth : inPlaceDepth + 1;
      const openAt = open.get(edge.target);
      if (openAt === nextDepth) throw new ExpansionStop({ kind: 'endless_ref', ref: edge.ref ?? '#' });
      sum += openAt === undefined ? cost(edge.target, nextDepth) : 1;
      if (sum > maxNodes) throw new ExpansionStop({ kind: 'expands_too_far', limit: maxNodes });
    }
    open.delete(node);
    costs.set(node, sum);
    return sum;
  };
  try {
    cost(schema, 0);
    return undefined;
  } catch (stop) {
    if (stop instanceof ExpansionStop) return stop.fault;
    throw stop;
  }
}

function edgesOf(node: object, root: WireObject, anchors: ReadonlyMap<string, object>): Edge[] {
  if (Array.isArray(node)) {
    return node.filter(isContainer).map((target) => ({ target, ref: undefined, isInPlace: true }));
  }
  const edges: Edge[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (dataKeywords.has(key) || !isContainer(value)) continue;
    edges.push({ target: value, ref: undefined, isInPlace: inPlaceKeywords.has(key) });
  }
  for (const keyword of refKeywords) {
    const ref: unknown = Object.hasOwn(node, keyword) ? (node as WireObject)[keyword] : undefined;
    if (typeof ref !== 'string') continue;
    edges.push({ target: resolveRef(ref, root, anchors), ref, isInPlace: true });
  }
  return edges;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function resolveRef(ref: string, root: WireObject, anchors: ReadonlyMap<string, object>): object {
  if (!ref.startsWith('#')) throw new ExpansionStop({ kind: 'remote_ref', ref: ref.slice(0, 200) });
  if (ref === '#') return root;
  const target = ref.startsWith('#/') ? pointerTarget(ref.slice(2), root) : anchors.get(ref.slice(1));
  // `true` and `false` are schemas too: nothing to expand in them.
  if (typeof target === 'boolean') return emptySchema;
  if (!isContainer(target)) throw new ExpansionStop({ kind: 'unresolved_ref', ref: ref.slice(0, 200) });
  return target;
}

const emptySchema: object = {};

function pointerTarget(pointer: string, root: WireObject): unknown {
  let node: unknown = root;
  for (const token of pointer.split('/')) {
    const key = decodeToken(token);
    if (key === undefined || !isContainer(node) || !Object.hasOwn(node, key)) return undefined;
    node = (node as WireObject)[key];
  }
  return node;
}

function decodeToken(token: string): string | undefined {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}

function collectAnchors(root: WireObject): ReadonlyMap<string, object> {
  const anchors = new Map<string, object>();
  const queue: unknown[] = [root];
  for (const node of queue) {
    if (!isContainer(node)) continue;
    for (const value of Object.values(node)) queue.push(value);
    if (!isJsonObject(node)) continue;
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = node[keyword];
      if (typeof name === 'string') anchors.set(name, node);
    }
  }
  return anchors;
}

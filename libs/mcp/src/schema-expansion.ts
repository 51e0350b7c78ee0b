import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';
import type { SchemaFault } from './schema-limits.ts';
import { createRefResolver, type RefResolver, SchemaStop } from './schema-refs.ts';

/** Keywords that apply schemas to the same value: a cycle through these alone never ends. */
const inPlaceKeywords = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const;
const inPlaceMaps = ['dependentSchemas', 'dependencies'] as const;
/** Keywords that apply schemas to any member of an object, or to any place of an array. */
const memberKeywords = ['additionalProperties', 'unevaluatedProperties', 'propertyNames'] as const;
const placeKeywords = ['items', 'prefixItems', 'contains', 'unevaluatedItems', 'additionalItems'] as const;

/** How deep an argument value can be (a worker takes no deeper one). */
const valueDepth = 32;

/** What one schema applies to a value and to its children, with every in-place schema and `$ref` followed. */
interface Reach {
  nodes: number;
  readonly named: Map<string, object[]>;
  readonly members: object[];
  readonly places: object[];
}

/**
 * Counts the subschemas a validator meets on the worst path down a value. Refuses references that leave
 * the document, lead nowhere, loop on one value, or multiply beyond the limit (a bomb).
 */
export function expansionFault(schema: WireObject, maxNodes: number): SchemaFault | undefined {
  const walk = createWalk(schema, maxNodes);
  try {
    walk.refs.checkAll();
    walk.cost(schema, valueDepth);
    return undefined;
  } catch (stop) {
    if (stop instanceof SchemaStop) return stop.fault;
    throw stop;
  }
}

function createWalk(root: WireObject, maxNodes: number) {
  const refs = createRefResolver(root);
  const reaches = new Map<object, Reach>();
  const costs: Map<object, number>[] = Array.from({ length: valueDepth + 1 }, () => new Map());
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps > maxNodes * 8) throw new SchemaStop({ kind: 'expands_too_far', limit: maxNodes });
  };
  const reachOf = (node: object): Reach => {
    const known = reaches.get(node);
    if (known) return known;
    const reach: Reach = { nodes: 0, named: new Map(), members: [], places: [] };
    collect({ node, reach, refs, step, open: new Set() });
    reaches.set(node, reach);
    return reach;
  };
  const cost = (node: object, depth: number): number => {
    const atDepth = costs[depth];
    const known = atDepth?.get(node);
    if (known !== undefined) return known;
    const reach = reachOf(node);
    let total = reach.nodes;
    if (depth > 0) {
      const sum = (targets: readonly object[]): number => {
        let all = 0;
        for (const target of targets) {
          step();
          all += cost(target, depth - 1);
        }
        return all;
      };
      let named = 0;
      for (const targets of reach.named.values()) named = Math.max(named, sum(targets));
      total += Math.max(named + sum(reach.members), sum(reach.places));
    }
    if (total > maxNodes) throw new SchemaStop({ kind: 'expands_too_far', limit: maxNodes });
    atDepth?.set(node, total);
    return total;
  };
  return { refs, cost };
}

interface Collecting {
  readonly node: object;
  readonly reach: Reach;
  readonly refs: RefResolver;
  readonly step: () => void;
  /** Schemas being applied to this same value right now. */
  readonly open: Set<object>;
}

function collect(at: Collecting): void {
  const { node, reach, open } = at;
  if (open.has(node)) throw new SchemaStop({ kind: 'endless_ref' });
  if (!isJsonObject(node)) return;
  at.step();
  open.add(node);
  reach.nodes += 1;
  collectChildren(node, at);
  for (const target of inPlaceTargets(node, at.refs)) collect({ ...at, node: target });
  open.delete(node);
}

function inPlaceTargets(node: WireObject, refs: RefResolver): object[] {
  const direct = inPlaceKeywords.flatMap((keyword) => schemasIn(node, keyword));
  const mapped = inPlaceMaps.flatMap((keyword) => mapOf(node, keyword).map(([, schema]) => schema));
  return [...refs.targetsOf(node), ...direct, ...mapped];
}

/** Every child counts as a step, so that a wide schema met often is as bounded as a deep one. */
function collectChildren(node: WireObject, { reach, step }: Collecting): void {
  for (const [name, schema] of mapOf(node, 'properties')) {
    step();
    const targets = reach.named.get(name);
    if (targets) targets.push(schema);
    else reach.named.set(name, [schema]);
  }
  const members = mapOf(node, 'patternProperties').map(([, schema]) => schema);
  for (const keyword of memberKeywords) members.push(...schemasIn(node, keyword));
  for (const schema of members) {
    step();
    reach.members.push(schema);
  }
  for (const schema of placeKeywords.flatMap((keyword) => schemasIn(node, keyword))) {
    step();
    reach.places.push(schema);
  }
}

function schemasIn(node: WireObject, keyword: string): object[] {
  const value = Object.hasOwn(node, keyword) ? node[keyword] : undefined;
  return Array.isArray(value) ? value.filter(isJsonObject) : isJsonObject(value) ? [value] : [];
}

function mapOf(node: WireObject, keyword: string): [string, object][] {
  const value = Object.hasOwn(node, keyword) ? node[keyword] : undefined;
  if (!isJsonObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, object] => isJsonObject(entry[1]));
}

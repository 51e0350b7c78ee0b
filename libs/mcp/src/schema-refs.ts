import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';
import type { SchemaFault } from './schema-limits.ts';

/** Carries a fault out of the depth of a walk. */
export class SchemaStop extends Error {
  readonly fault: SchemaFault;
  constructor(fault: SchemaFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

export interface RefResolver {
  /** Schemas that the references of one schema point at. */
  targetsOf(node: WireObject): readonly object[];
  /** Looks at every reference of the document, also where nothing applies it. */
  checkAll(): void;
}

const refKeywords = ['$ref', '$dynamicRef', '$recursiveRef'] as const;
/** Keywords whose value is data: a `$ref` in there is only text. */
const dataKeywords: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);
const acceptAll: object = {};

/** Resolves references inside one schema document; those that leave it are faults. */
export function createRefResolver(root: WireObject): RefResolver {
  const schemas = collectObjects(root);
  const anchors = new Map<string, object>();
  for (const node of schemas) {
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = node[keyword];
      if (typeof name === 'string') anchors.set(name, node);
    }
  }
  // Each reference is resolved once: a long pointer met again and again would cost its length each time.
  const resolved = new Map<WireObject, readonly object[]>();
  const targetsOf = (node: WireObject): readonly object[] => {
    const known = resolved.get(node);
    if (known) return known;
    const targets = refKeywords.flatMap((keyword) => {
      const ref = Object.hasOwn(node, keyword) ? node[keyword] : undefined;
      return typeof ref === 'string' ? [resolveRef(ref, root, anchors)] : [];
    });
    resolved.set(node, targets);
    return targets;
  };
  return {
    targetsOf,
    checkAll() {
      for (const node of schemas) {
        targetsOf(node);
        // A nested `$id` would change what `#` means below it.
        if (node !== root && typeof node.$id === 'string') {
          throw new SchemaStop({ kind: 'remote_ref', ref: node.$id.slice(0, 200) });
        }
      }
    },
  };
}

function resolveRef(ref: string, root: WireObject, anchors: ReadonlyMap<string, object>): object {
  if (!ref.startsWith('#')) throw new SchemaStop({ kind: 'remote_ref', ref: ref.slice(0, 200) });
  if (ref === '#') return root;
  const target = ref.startsWith('#/') ? pointerTarget(ref.slice(2), root) : anchors.get(ref.slice(1));
  // `true` and `false` are schemas too: nothing to follow in them.
  if (typeof target === 'boolean') return acceptAll;
  if (!isJsonObject(target)) throw new SchemaStop({ kind: 'unresolved_ref', ref: ref.slice(0, 200) });
  return target;
}

function pointerTarget(pointer: string, root: WireObject): unknown {
  let node: unknown = root;
  for (const token of pointer.split('/')) {
    const key = decodeToken(token);
    if (key === undefined || typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      return undefined;
    }
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

/** Keywords whose value maps free names to schemas: a name in there is no keyword. */
const mapKeywords: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'dependencies',
  '$defs',
  'definitions',
]);

interface Spot {
  readonly node: unknown;
  readonly isMap: boolean;
}

function collectObjects(root: WireObject): readonly WireObject[] {
  const found: WireObject[] = [];
  const queue: Spot[] = [{ node: root, isMap: false }];
  for (const spot of queue) {
    if (isJsonObject(spot.node) && !spot.isMap) found.push(spot.node);
    for (const child of childSpots(spot)) queue.push(child);
  }
  return found;
}

function childSpots({ node, isMap }: Spot): Spot[] {
  if (Array.isArray(node)) return node.map((member) => ({ node: member, isMap: false }));
  if (!isJsonObject(node)) return [];
  return Object.entries(node)
    .filter(([key]) => isMap || !dataKeywords.has(key))
    .map(([key, value]) => ({ node: value, isMap: !isMap && mapKeywords.has(key) }));
}

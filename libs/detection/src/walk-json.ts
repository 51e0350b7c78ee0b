/** Bounds of a walk over a parsed JSON value. */
export interface WalkLimits {
  readonly maxDepth: number;
  readonly maxNodes: number;
}

export const walkLimits: WalkLimits = { maxDepth: 64, maxNodes: 50_000 };

/** A visited value; its path is only built when somebody asks for it. */
export interface WalkNode {
  readonly value: unknown;
  /** Key or place in the parent; `undefined` at the root. */
  readonly key: string | undefined;
  readonly parent: WalkNode | undefined;
  readonly depth: number;
}

export type WalkEnd = 'done' | 'too_deep' | 'too_many_nodes';

/**
 * Visits every value of a parsed JSON document, parents first, without recursion.
 * @returns why it stopped; values beyond a limit were not visited.
 */
export function walkJson(root: unknown, limits: WalkLimits, visit: (node: WalkNode) => void): WalkEnd {
  const queue: WalkNode[] = [{ value: root, key: undefined, parent: undefined, depth: 0 }];
  let end: WalkEnd = 'done';
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] as WalkNode;
    visit(node);
    const { value } = node;
    if (typeof value !== 'object' || value === null) continue;
    if (node.depth >= limits.maxDepth) end = 'too_deep';
    // What fits is still visited: a long list must not hide what stands at its head.
    else if (!pushChildren(queue, node, limits.maxNodes)) end = 'too_many_nodes';
  }
  return end;
}

function pushChildren(queue: WalkNode[], parent: WalkNode, maxNodes: number): boolean {
  const value = parent.value as Readonly<Record<string, unknown>>;
  const depth = parent.depth + 1;
  for (const key of Object.keys(value)) {
    if (queue.length >= maxNodes) return false;
    queue.push({ value: value[key], key, parent, depth });
  }
  return true;
}

/** The JSON Pointer (RFC 6901) of a visited value. */
export function pathOf(node: WalkNode): string {
  const parts: string[] = [];
  for (let at: WalkNode | undefined = node; at?.parent !== undefined; at = at.parent) {
    parts.push((at.key ?? '').replaceAll('~', '~0').replaceAll('/', '~1'));
  }
  return parts.length === 0 ? '' : `/${parts.reverse().join('/')}`;
}

import type { Clause } from '@cedar-policy/cedar-wasm';
import type { ReadNames } from './map-arguments.ts';

type Node = Readonly<Record<string, unknown>>;

/** The top-level arguments that a policy's conditions read; `all` when it looks at the arguments as a whole. */
export function readNamesOf(conditions: readonly Clause[]): ReadNames {
  const names = new Set<string>();
  const waiting: unknown[] = conditions.map((clause) => clause.body);
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    const read = Array.isArray(node) ? undefined : contextRead(node as Node);
    if (read === undefined) waiting.push(...Object.values(node));
    else if (read === 'all') return 'all';
    else for (const name of read) names.add(name);
  }
  return names;
}

/** Both given reads together. */
export function joinReadNames(reads: readonly ReadNames[]): ReadNames {
  const names = new Set<string>();
  for (const read of reads) {
    if (read === 'all') return 'all';
    for (const name of read) names.add(name);
  }
  return names;
}

/** What a node reads when it is the outermost access to the context; `undefined` when it is no such access. */
function contextRead(node: Node): readonly string[] | 'all' | undefined {
  const path = contextPath(node);
  if (path === undefined) return undefined;
  const [field, name] = path;
  if (field === undefined) return 'all';
  if (field !== 'args') return [];
  if (name !== undefined) return [name];
  // `context has args` alone reads no argument; the bare value `context.args` may be looked at as a whole.
  return 'has' in node ? [] : 'all';
}

/** The attribute path of `context.a.b` or `context has a.b`, in order. */
function contextPath(node: Node): readonly string[] | undefined {
  if (node.Var === 'context') return [];
  const access = accessOf(node);
  if (access === undefined) return undefined;
  const inner = contextPath(access.left);
  return inner && [...inner, ...access.names];
}

function accessOf(node: Node): { readonly left: Node; readonly names: readonly string[] } | undefined {
  const operand = node['.'] ?? node.has;
  if (typeof operand !== 'object' || operand === null) return undefined;
  const { left, attr } = operand as { readonly left: Node; readonly attr: string | readonly string[] };
  return { left, names: typeof attr === 'string' ? [attr] : attr };
}

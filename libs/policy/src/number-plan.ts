/** How numbers at one place of the arguments become Cedar values; the schema says it, never the value. */
export type NumberKind = 'long' | 'decimal';

/** What a tool's schema says about one place of its arguments, read only as far as arguments go. */
export interface NumberPlan {
  readonly kind: NumberKind;
  property(name: string): NumberPlan;
  item(): NumberPlan;
}

type Schema = Readonly<Record<string, unknown>>;

/** A reference or combination that goes on longer is cut: the place counts as `decimal`. */
const maxBranches = 64;

/**
 * Reads how a JSON Schema types its numbers: `integer` (also through `$ref`, `allOf`, `anyOf`, `oneOf`, or an `enum`
 * of integers) is Long, everything else decimal.
 */
export function numberPlan(schema: unknown): NumberPlan {
  return planOf([schema], schema);
}

function planOf(schemas: readonly unknown[], root: unknown): NumberPlan {
  const branches = flatten(schemas, root);
  const properties = new Map<string, NumberPlan>();
  let others: NumberPlan | undefined;
  let items: NumberPlan | undefined;
  return {
    kind: kindOf(branches),
    property(name) {
      const known = properties.get(name);
      if (known) return known;
      const named = branches.flatMap((branch) => ownMember(branch, 'properties', name));
      if (named.length === 0) {
        others ??= planOf(
          branches.map((branch) => branch.additionalProperties),
          root,
        );
        return others;
      }
      const plan = planOf(named, root);
      properties.set(name, plan);
      return plan;
    },
    item() {
      items ??= planOf(
        branches.flatMap((branch) => [branch.items, ...listOf(branch.prefixItems)]),
        root,
      );
      return items;
    },
  };
}

/** All schemas that speak of one place, references and combinations resolved. */
function flatten(schemas: readonly unknown[], root: unknown): readonly Schema[] {
  const found = new Set<Schema>();
  const waiting = [...schemas];
  while (waiting.length > 0 && found.size < maxBranches) {
    const next = waiting.pop();
    if (!isSchema(next) || found.has(next)) continue;
    found.add(next);
    for (const word of ['allOf', 'anyOf', 'oneOf']) waiting.push(...listOf(next[word]));
    if (typeof next.$ref === 'string') waiting.push(resolve(next.$ref, root));
  }
  return [...found];
}

function kindOf(branches: readonly Schema[]): NumberKind {
  const types = branches.flatMap((branch) => (Array.isArray(branch.type) ? branch.type : [branch.type]));
  if (types.includes('number')) return 'decimal';
  if (types.includes('integer')) return 'long';
  const values = branches.flatMap((branch) => [
    ...listOf(branch.enum),
    ...('const' in branch ? [branch.const] : []),
  ]);
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length > 0 && numbers.every(Number.isSafeInteger) ? 'long' : 'decimal';
}

/** A reference inside the document (`#/$defs/x`); others are refused at vetting and mean nothing here. */
function resolve(reference: string, root: unknown): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let current: unknown = root;
  for (const step of reference.slice(2).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Schema)[name];
  }
  return current;
}

function ownMember(schema: Schema, word: string, name: string): readonly unknown[] {
  const members = schema[word];
  return isSchema(members) && Object.hasOwn(members, name) ? [members[name]] : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

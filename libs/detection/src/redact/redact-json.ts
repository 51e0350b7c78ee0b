import { redactNumber, redactString } from './redact-leaf.ts';
import { createLedger, type Ledger } from './redact-text.ts';
import type { Redaction, RedactionPolicy } from './redaction-policy.ts';
import {
  allowsName,
  childPlace,
  isSchemasOwn,
  rootPlace,
  type SchemaPlace,
  type SchemaRoot,
} from './schema-place.ts';
import { findSplit, type SplitPart } from './split-strings.ts';
import type { TokenBook } from './token-book.ts';

export interface RedactJsonOptions {
  /** JSON Schema that the result must still satisfy. */
  readonly schema?: unknown;
  readonly maxUnits?: number;
}

const maxDepth = 64;
const maxNodes = 50_000;
const defaultMaxUnits = 1024 * 1024;

/** What the walk carries along. */
export interface JsonWalk {
  readonly ledger: Ledger;
  readonly book: TokenBook | null;
  readonly root: SchemaRoot;
  unitsLeft: number;
  nodesLeft: number;
}

interface Place {
  readonly path: string;
  /** Name of the member, or what stands for it. */
  readonly name: string;
  readonly schemas: SchemaPlace;
  readonly depth: number;
}

/** Replaces private data in a JSON value, names of members included; it stays valid JSON of its schema. */
export function redactJson(
  value: unknown,
  policy: RedactionPolicy,
  book: TokenBook | null,
  options: RedactJsonOptions = {},
): Redaction<unknown> {
  const ledger = createLedger(policy, book);
  const root: SchemaRoot = { root: options.schema };
  const walk: JsonWalk = {
    ledger,
    book,
    root,
    unitsLeft: options.maxUnits ?? defaultMaxUnits,
    nodesLeft: maxNodes,
  };
  const schemas = options.schema === undefined ? [] : rootPlace(root);
  return ledger.close(redactNode(walk, value, { path: '', name: '', schemas, depth: 0 }));
}

function redactNode(walk: JsonWalk, value: unknown, place: Place): unknown {
  walk.nodesLeft -= 1;
  if (walk.nodesLeft < 0 || place.depth > maxDepth || walk.unitsLeft <= 0) {
    walk.ledger.cut();
    return value;
  }
  if (typeof value === 'string') {
    walk.unitsLeft -= value.length;
    return redactString(walk, value, place);
  }
  if (typeof value === 'number') return redactNumber(walk, value, place);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? redactArray(walk, value, place) : redactObject(walk, value, place);
}

function redactArray(walk: JsonWalk, items: readonly unknown[], place: Place): unknown {
  const split = findSplit(walk.ledger, items);
  return items.map((item, i) => {
    const below: Place = {
      path: `${place.path}/${i}`,
      name: place.name,
      schemas: childPlace(place.schemas, i, walk.root),
      depth: place.depth + 1,
    };
    return redactNode(walk, cutOut(walk, item, split.get(i), below.path), below);
  });
}

/** Takes the piece of a split value out of one string. */
function cutOut(
  walk: JsonWalk,
  item: unknown,
  parts: readonly SplitPart[] | undefined,
  path: string,
): unknown {
  if (parts === undefined || typeof item !== 'string') return item;
  let out = '';
  let at = 0;
  for (const { start, end, type } of parts) {
    const piece = item.slice(start, end);
    out += item.slice(at, start) + (walk.ledger.replacement({ type }, piece, path) ?? piece);
    at = end;
  }
  return out + item.slice(at);
}

function redactObject(walk: JsonWalk, value: object, place: Place): unknown {
  const members = Object.entries(value);
  const split = findSplit(
    walk.ledger,
    members.map(([, item]) => item),
  );
  const label = labelOf(value as Readonly<Record<string, unknown>>);
  const used = new Set(members.map(([key]) => key));
  return Object.fromEntries(
    members.map(([key, item], i) => {
      const named = redactName(walk, key, place, used);
      const path = pathBelow(place.path, named);
      const name = label !== undefined && key.toLowerCase() === 'value' ? label : key;
      const schemas = childPlace(place.schemas, key, walk.root);
      const below: Place = { path, name, schemas, depth: place.depth + 1 };
      return [named, redactNode(walk, cutOut(walk, item, split.get(i), path), below)];
    }),
  );
}

function pathBelow(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

const labelNames: readonly string[] = ['name', 'key', 'field', 'label', 'header', 'Name', 'Key'];

/** `{"name":"DB_PASSWORD","value":…}`: the label names the value. */
function labelOf(value: Readonly<Record<string, unknown>>): string | undefined {
  if (!Object.hasOwn(value, 'value') && !Object.hasOwn(value, 'Value')) return undefined;
  for (const name of labelNames) {
    const label = value[name];
    if (typeof label === 'string' && label.length > 0 && label.length <= 64) return label;
  }
  return undefined;
}

const minName = 6;

/** A member whose name is private data gets another name, unless the schema needs this one; paths name the new one. */
function redactName(walk: JsonWalk, key: string, place: Place, used: Set<string>): string {
  if (key.length < minName || isSchemasOwn(place.schemas, key)) return key;
  const redacted = walk.ledger.redact(key, place.path, {});
  if (redacted === key) return key;
  if (place.schemas.length > 0 && !allowsName(place.schemas, redacted)) {
    // Whoever wrote the schema must not decide what leaves: it stays, and that is told.
    for (const { type } of walk.ledger.find(key, {})) walk.ledger.note(place.path, type, 'alert');
    return key;
  }
  let name = redacted;
  for (let i = 2; used.has(name); i += 1) name = `${redacted}_${i}`;
  used.add(name);
  return name;
}

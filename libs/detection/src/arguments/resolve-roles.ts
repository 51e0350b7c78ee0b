import { pathOf, type WalkNode } from '../walk-json.ts';
import type { ArgumentRole } from './argument-role.ts';
import { type RoleTool, roleOf } from './role-of.ts';

/** JSON Pointer, `*` for the items of an array → role. */
export type RoleOverrides = Readonly<Record<string, ArgumentRole>>;

const maxSchemaSteps = 64;

/** Gives the role of each string of the arguments: the admin's word first, then schema and names. */
export function createRoles(
  tool: RoleTool | undefined,
  overrides: RoleOverrides | undefined,
): (node: WalkNode) => ArgumentRole {
  const hasOverrides = overrides !== undefined && Object.keys(overrides).length > 0;
  return (node) => {
    const pointer = pathOf(node);
    if (hasOverrides) {
      const set = overrideOf(overrides, pointer, node);
      if (set) return set;
    }
    return roleOf(pointer, ownName(node), schemaOf(node, tool?.inputSchema), tool);
  };
}

function overrideOf(overrides: RoleOverrides, pointer: string, node: WalkNode): ArgumentRole | undefined {
  if (Object.hasOwn(overrides, pointer)) return overrides[pointer];
  const starred = starredPath(node);
  return Object.hasOwn(overrides, starred) ? overrides[starred] : undefined;
}

/** The pointer of a node with `*` in place of every index of an array. */
export function starredPath(node: WalkNode): string {
  const parts: string[] = [];
  for (let at: WalkNode | undefined = node; at?.parent !== undefined; at = at.parent) {
    const isItem = Array.isArray(at.parent.value);
    parts.push(isItem ? '*' : (at.key ?? '').replaceAll('~', '~0').replaceAll('/', '~1'));
  }
  return parts.length === 0 ? '' : `/${parts.reverse().join('/')}`;
}

function ownName(node: WalkNode): string {
  for (let at: WalkNode | undefined = node; at; at = at.parent) {
    if (at.parent && !Array.isArray(at.parent.value)) return at.key ?? '';
  }
  return '';
}

type Json = Readonly<Record<string, unknown>>;

function schemaOf(node: WalkNode, root: unknown): unknown {
  if (!isObject(root)) return undefined;
  const keys: { readonly key: string; readonly isItem: boolean }[] = [];
  for (let at: WalkNode | undefined = node; at?.parent !== undefined; at = at.parent) {
    keys.push({ key: at.key ?? '', isItem: Array.isArray(at.parent.value) });
    if (keys.length > maxSchemaSteps) return undefined;
  }
  let schema: unknown = root;
  for (const { key, isItem } of keys.reverse()) {
    schema = isItem ? itemSchema(schema) : memberSchema(schema, key);
    if (schema === undefined) return undefined;
  }
  return schema;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function memberSchema(schema: unknown, key: string): unknown {
  if (!isObject(schema)) return undefined;
  const own =
    isObject(schema.properties) && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  if (own !== undefined) return own;
  for (const branch of branchesOf(schema)) {
    const found = isObject(branch) && isObject(branch.properties) ? branch.properties[key] : undefined;
    if (found !== undefined) return found;
  }
  return isObject(schema.additionalProperties) ? schema.additionalProperties : undefined;
}

function branchesOf(schema: Json): readonly unknown[] {
  return [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? list.slice(0, 8) : [],
  );
}

function itemSchema(schema: unknown): unknown {
  if (!isObject(schema)) return undefined;
  if (isObject(schema.items) && !Array.isArray(schema.items)) return schema.items;
  return branchesOf(schema).find((branch) => isObject(branch) && isObject(branch.items));
}

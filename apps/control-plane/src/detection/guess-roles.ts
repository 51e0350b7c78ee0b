import { type ArgumentRole, roleOf } from '@sallyport/detection';
import { readJson } from '@sallyport/mcp';

const maxRoles = 200;
const maxDepth = 6;

type Members = Readonly<Record<string, unknown>>;

/** What the schema of a tool says its arguments are for: JSON Pointer (`*` for items) → role. */
export function guessRoles(tool: {
  readonly name: string;
  readonly definition: string;
}): Readonly<Record<string, ArgumentRole>> {
  const definition = members(parse(tool.definition));
  const { inputSchema, description } = definition;
  const facts = {
    name: tool.name,
    description: typeof description === 'string' ? description : null,
    inputSchema,
  };
  const roles = new Map<string, ArgumentRole>();
  const visit = (schema: unknown, pointer: string, name: string, depth: number): void => {
    if (depth > maxDepth || roles.size >= maxRoles) return;
    const { properties, items, type } = members(schema);
    for (const [member, own] of Object.entries(members(properties))) {
      visit(own, `${pointer}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`, member, depth + 1);
    }
    if (items !== undefined) visit(items, `${pointer}/*`, name, depth + 1);
    else if (properties === undefined && pointer !== '' && mayBeText(type)) {
      roles.set(pointer, roleOf(pointer, name, schema, facts));
    }
  };
  visit(inputSchema, '', '', 0);
  return Object.fromEntries(roles);
}

function mayBeText(type: unknown): boolean {
  return type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'));
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function parse(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return {};
  }
}

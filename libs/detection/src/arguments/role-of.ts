import { foldedName } from '../folded-name.ts';
import type { ArgumentRole } from './argument-role.ts';
import { roleByDescription, roleByName, roleByTail } from './role-words.ts';

/** What is known of the tool whose arguments these are. */
export interface RoleTool {
  readonly name: string;
  readonly description?: string | null;
  readonly inputSchema?: unknown;
  readonly tags?: readonly string[];
}

/**
 * The role of the argument at a JSON Pointer. The schema's format and enum come first, then the argument's name, then its
 * description, then the name of the tool; what nothing speaks for is `free_text`.
 */
export function roleOf(pointer: string, name: string, schema: unknown, tool?: RoleTool): ArgumentRole {
  const facts = schemaFacts(schema);
  if (facts.isEnum) return 'identifier';
  const byFormat = formats.get(facts.format);
  if (byFormat) return byFormat;
  const folded = foldedName(name);
  const named = roleByName.get(folded) ?? roleByName.get(lastName(pointer));
  if (named !== undefined && !isVague(folded)) return named;
  const described = describedRole(facts.description);
  if (described) return described;
  const tail = roleByTail.get(folded.slice(folded.lastIndexOf('_') + 1));
  return toolRole(folded, tool) ?? named ?? tail ?? (facts.maxLength <= 64 ? 'identifier' : 'free_text');
}

const formats: ReadonlyMap<string, ArgumentRole> = new Map([
  ['uri', 'url'],
  ['url', 'url'],
  ['uri-reference', 'url'],
  ['iri', 'url'],
  ['hostname', 'url'],
  ['ipv4', 'url'],
  ['ipv6', 'url'],
  ['email', 'email'],
  ['idn-email', 'email'],
  ['regex', 'regex'],
  ['uuid', 'identifier'],
  ['date', 'identifier'],
  ['date-time', 'identifier'],
  ['time', 'identifier'],
  ['duration', 'identifier'],
  ['path', 'path'],
  ['file-path', 'path'],
  ['directory-path', 'path'],
  ['markdown', 'free_text'],
  ['textarea', 'free_text'],
  ['sql', 'sql'],
]);

interface SchemaFacts {
  readonly format: string;
  readonly description: string;
  readonly isEnum: boolean;
  readonly maxLength: number;
}

const noFacts: SchemaFacts = {
  format: '',
  description: '',
  isEnum: false,
  maxLength: Number.POSITIVE_INFINITY,
};

function schemaFacts(schema: unknown): SchemaFacts {
  if (typeof schema !== 'object' || schema === null) return noFacts;
  const { format, description, maxLength, ...rest } = schema as Readonly<Record<string, unknown>>;
  return {
    format: typeof format === 'string' ? format.toLowerCase() : '',
    description: typeof description === 'string' ? description.slice(0, 400).toLowerCase() : '',
    isEnum: Array.isArray(rest.enum) || rest.const !== undefined,
    maxLength: typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY,
  };
}

/** Names that say nothing of what is in them: the description decides. */
function isVague(folded: string): boolean {
  return [
    'query',
    'q',
    'input',
    'data',
    'value',
    'filter',
    'source',
    'expression',
    'name',
    'search',
    'statement',
    'pattern',
    'body',
    'host',
    'address',
    'target',
  ].includes(folded);
}

function lastName(pointer: string): string {
  const parts = pointer.split('/');
  for (let i = parts.length - 1; i > 0; i -= 1)
    if (!/^[0-9]+$/.test(parts[i] ?? '')) return foldedName(parts[i] ?? '');
  return '';
}

function describedRole(description: string): ArgumentRole | undefined {
  if (description === '') return undefined;
  return roleByDescription.find(([words]) => words.some((word) => description.includes(word)))?.[1];
}

const sqlTool =
  /(?:^|_)(?:sql|query|queries|sqlite|postgres|mysql|bigquery|snowflake|clickhouse|duckdb|mssql|oracle)(?:_|$)/;
const shellTool = /(?:^|_)(?:bash|shell|terminal|exec|execute_command|run_command|powershell|cmd)(?:_|$)/;
const mongoTool = /mongo|elastic|opensearch|dynamo|couch|firestore/;

/** `query` of a database tool is SQL, `query` of a search tool is not. */
function toolRole(folded: string, tool: RoleTool | undefined): ArgumentRole | undefined {
  if (!tool) return undefined;
  const toolName = foldedName(tool.name);
  const said = (tool.description ?? '').slice(0, 600).toLowerCase();
  const isQuery = folded === 'query' || folded === 'q' || folded === 'statement';
  if (isQuery && (sqlTool.test(toolName.replace(/_?query_?/, '_')) || said.includes('sql'))) return 'sql';
  if ((folded === 'filter' || isQuery) && (mongoTool.test(toolName) || mongoTool.test(said))) return 'nosql';
  return (folded === 'input' || folded === 'args') && shellTool.test(toolName) ? 'shell' : undefined;
}

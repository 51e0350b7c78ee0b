import type { Finding } from '@sallyport/detection';
import { findSchemaFault, isJsonObject, type SchemaFault, type ToolDefinition } from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';

const refused: VetRule = {
  code: 'schema_refused',
  title: 'Schema is beyond the limits',
  severity: 'high',
  owasp: 'MCP05',
};
const anything: VetRule = {
  code: 'broad_schema',
  title: 'Accepts any arguments',
  severity: 'low',
  owasp: 'MCP05',
};
const openEnded: VetRule = {
  code: 'broad_schema',
  title: 'Names no arguments and accepts any',
  severity: 'medium',
  owasp: 'MCP05',
};
const untyped: VetRule = {
  code: 'untyped_parameter',
  title: 'Parameter of any type',
  severity: 'low',
  owasp: 'MCP05',
};
const wide: VetRule = {
  code: 'wide_schema',
  title: 'Unusually many parameters',
  severity: 'low',
  owasp: 'MCP05',
};

const maxOrdinaryProperties = 60;
const maxListed = 5;

/** Looks at the shape of a tool's schemas: limits first, then how much they leave open. */
export function checkSchemas(definition: ToolDefinition): readonly Finding[] {
  const findings: Finding[] = [];
  for (const member of ['inputSchema', 'outputSchema'] as const) {
    const schema = definition[member];
    if (schema === undefined) continue;
    const fault = findSchemaFault(schema);
    if (fault) findings.push(at(refused, `/${member}`, describeFault(fault)));
  }
  if (findings.length > 0 || !isJsonObject(definition.inputSchema)) return findings;
  return [...findings, ...checkOpenness(definition.inputSchema)];
}

function at(rule: VetRule, path: string, evidence: string): Finding {
  return makeFinding(rule, { surface: 'tool_definition', path, evidence });
}

/** Why a schema is refused, in words. */
export function describeFault(fault: SchemaFault): string {
  const words = fault.kind.replaceAll('_', ' ');
  if ('limit' in fault) return `${words} (limit ${fault.limit})`;
  return 'ref' in fault ? `${words}: ${fault.ref}` : words;
}

const combiners = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties', 'dependentSchemas'];

function checkOpenness(schema: Readonly<Record<string, unknown>>): readonly Finding[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const names = Object.keys(properties);
  const isCombined = combiners.some((keyword) => schema[keyword] !== undefined);
  if (names.length === 0) {
    if (isCombined || schema.additionalProperties === false) return [];
    if (schema.additionalProperties === true) {
      return [at(openEnded, '/inputSchema', 'additionalProperties is true and no property is named')];
    }
    return schema.properties === undefined ? [at(anything, '/inputSchema', 'no property is named')] : [];
  }
  const findings = names
    .filter((name) => isUntyped(properties[name]))
    .slice(0, maxListed)
    .map((name) => at(untyped, `/inputSchema/properties/${escapePointer(name)}`, name));
  if (names.length > maxOrdinaryProperties)
    findings.push(at(wide, '/inputSchema', `${names.length} parameters`));
  return findings;
}

const typing = ['type', 'enum', 'const', ...combiners, 'not', 'properties', 'items'];

function isUntyped(schema: unknown): boolean {
  if (schema === true) return true;
  return isJsonObject(schema) && !typing.some((keyword) => schema[keyword] !== undefined);
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

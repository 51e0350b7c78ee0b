import { type Finding, hiddenKind, scanDefinition, scanJson } from '@sallyport/detection';
import type { Sha256Hex } from '@sallyport/kernel';
import { canonicalDefinition, findJsonFault, readToolDefinition, type ToolDefinition } from '@sallyport/mcp';
import { checkSchemas } from './check-schema.ts';
import { compareToolName, indexToolNames } from './compare-names.ts';
import { collectForeignNames, findShadowing } from './find-shadowing.ts';
import { makeFinding, storable, storableFinding, type VetRule } from './make-finding.ts';
import type { NeighbourServer } from './observation.ts';
import type { VettedTool } from './report.ts';

const unreadable: VetRule = {
  code: 'unreadable_tool',
  title: 'Entry of the list is not a tool',
  severity: 'high',
  owasp: 'MCP04',
};
const oddName: VetRule = {
  code: 'invalid_tool_name',
  title: 'Tool name has characters that do not show',
  severity: 'critical',
  owasp: 'MCP03',
};
const duplicate: VetRule = {
  code: 'duplicate_tool',
  title: 'The same tool name is listed twice',
  severity: 'high',
  owasp: 'MCP03',
};
const scanFailed: VetRule = {
  code: 'scan_failed',
  title: 'A definition could not be scanned',
  severity: 'high',
  owasp: null,
};

/** Structure that no honest definition reaches; beyond it nothing is hashed or scanned. */
const definitionLimits = { maxDepth: 60, maxKeys: 20_000 };
const maxListedFaults = 20;

export interface VettedTools {
  readonly tools: readonly VettedTool[];
  /** About entries that are no tools at all. */
  readonly listFindings: readonly Finding[];
}

/** Reads, hashes and scans every entry of a tool list. */
export function vetTools(
  entries: readonly unknown[],
  neighbours: readonly NeighbourServer[],
  sha256Hex: Sha256Hex,
): VettedTools {
  const listFindings: Finding[] = [];
  const readable = new Map<string, ToolDefinition>();
  entries.forEach((entry, place) => {
    const fault = readEntry(entry, readable);
    if (fault && listFindings.length < maxListedFaults) {
      const at = { surface: 'tool_definition', path: `/tools/${place}`, evidence: fault.evidence } as const;
      listFindings.push(storableFinding(makeFinding(fault.rule, at)));
    }
  });
  const index = indexToolNames(neighbours);
  const foreign = collectForeignNames(neighbours, [...readable.keys()]);
  const tools = [...readable.values()].map((definition): VettedTool => {
    const text = canonicalDefinition(definition);
    const findings = [
      ...scanSafely(definition),
      ...checkSchemas(definition),
      ...compareToolName(definition.name, index),
      ...findShadowing(definition, foreign),
    ];
    return {
      name: definition.name,
      digest: sha256Hex(text),
      definition: text,
      findings: findings.map(storableFinding),
    };
  });
  return { tools: tools.sort(byName), listFindings };
}

function byName(a: VettedTool, b: VettedTool): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function readEntry(
  entry: unknown,
  readable: Map<string, ToolDefinition>,
): { readonly rule: VetRule; readonly evidence: string } | undefined {
  const shape = findJsonFault(entry, definitionLimits);
  if (shape) return { rule: unreadable, evidence: `${shape.kind.replaceAll('_', ' ')}${nameOf(entry)}` };
  const definition = readToolDefinition(entry);
  if (!definition) return { rule: unreadable, evidence: `no name or no input schema${nameOf(entry)}` };
  if (hasHidden(definition.name)) return { rule: oddName, evidence: definition.name };
  if (readable.has(definition.name)) return { rule: duplicate, evidence: definition.name };
  readable.set(definition.name, definition);
  return undefined;
}

function nameOf(entry: unknown): string {
  const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
  return typeof name === 'string' ? `: ${storable(name.slice(0, 100))}` : '';
}

function hasHidden(name: string): boolean {
  return Array.from(name).some((letter) => hiddenKind(letter.codePointAt(0) ?? 0) !== undefined);
}

function scanSafely(definition: ToolDefinition): readonly Finding[] {
  try {
    return scanDefinition(definition);
  } catch {
    const evidence = `the scanner stopped at ${definition.name}`;
    return [makeFinding(scanFailed, { surface: 'tool_definition', path: '', evidence })];
  }
}

/** Scans everything else a server says of itself: names, instructions, prompts, resources. */
export function scanServerTexts(texts: {
  readonly serverInfo: unknown;
  readonly instructions: string | null;
  readonly prompts: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly resourceTemplates: readonly unknown[];
}): readonly Finding[] {
  return [
    ...scanJson(texts.serverInfo ?? {}, 'server_identity', { path: '/serverInfo' }),
    ...scanJson(texts.instructions ?? '', 'server_instructions', { path: '/instructions' }),
    ...scanJson(texts.prompts, 'prompt', { path: '/prompts' }),
    ...scanJson(texts.resources, 'resource_listing', { path: '/resources' }),
    ...scanJson(texts.resourceTemplates, 'resource_listing', { path: '/resourceTemplates' }),
  ].map(storableFinding);
}

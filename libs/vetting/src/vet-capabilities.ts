import { type Finding, hiddenKind } from '@sallyport/detection';
import type { Sha256Hex } from '@sallyport/kernel';
import {
  type CapabilityDefinition,
  type CapabilityKind,
  canonicalDefinition,
  capabilityKinds,
  findJsonFault,
  readCapability,
  type ToolDefinition,
} from '@sallyport/mcp';
import { checkApp, checkToolUi } from './check-app.ts';
import { checkIcons } from './check-icons.ts';
import { checkSchemas } from './check-schema.ts';
import { checkTemplate, checkUri } from './check-uri.ts';
import { compareName, compareUri, indexNames, type ToolNames } from './compare-names.ts';
import { collectForeignNames, findShadowing } from './find-shadowing.ts';
import { createJudge, surfaces, type VetDetector, withNeighbours } from './judge-definition.ts';
import { listedEntries } from './listed-entries.ts';
import { makeFinding, storable, storableFinding, type VetRule } from './make-finding.ts';
import type { NeighbourServer, VettingInput } from './observation.ts';
import type { VettedTool } from './report.ts';

const unreadable: VetRule = {
  code: 'unreadable_tool',
  title: 'Entry of a list cannot be read',
  severity: 'high',
  owasp: 'MCP04',
};
const oddName: VetRule = {
  code: 'invalid_tool_name',
  title: 'Name has characters that do not show',
  severity: 'critical',
  owasp: 'MCP03',
};
const duplicate: VetRule = {
  code: 'duplicate_tool',
  title: 'The same name is listed twice',
  severity: 'high',
  owasp: 'MCP03',
};
/** Structure that no honest definition reaches; beyond it nothing is hashed or scanned. */
const definitionLimits = { maxDepth: 60, maxKeys: 20_000 };
const maxListedFaults = 20;

export interface VettedCapabilities {
  readonly tools: readonly VettedTool[];
  /** About entries that are nothing of their kind. */
  readonly listFindings: readonly Finding[];
}

/** Reads, hashes and scans everything that was listed, kind by kind. */
export function vetCapabilities(
  input: VettingInput,
  sha256Hex: Sha256Hex,
  detector: VetDetector,
): VettedCapabilities {
  const { observation, neighbours } = input;
  const listFindings: Finding[] = [];
  const listed = listedEntries(observation, sha256Hex);
  listFindings.push(...listed.findings.map(storableFinding));
  const readable = capabilityKinds.map((kind) => ({
    kind,
    definitions: readEntries(kind, listed.entries[kind], listFindings),
  }));
  const own = readable.flatMap(({ definitions }) => definitions.map(({ name }) => name));
  const foreign = collectForeignNames(neighbours, own);
  const compare = comparers(neighbours);
  const judge = createJudge(input, detector);
  const tools = readable.flatMap(({ kind, definitions }) =>
    definitions.map((capability): VettedTool => {
      const { name, definition } = capability;
      const text = canonicalDefinition(definition);
      const app = listed.apps.get(definition);
      const { score, flagged, findings } = withNeighbours(judge(kind, capability, text), [
        ...compare[kind](name),
        ...findShadowing(definition, foreign, surfaces[kind]),
      ]);
      const all = [
        ...findings,
        ...kindFindings(kind, name, definition),
        ...(app === undefined ? [] : checkApp(definition, app)),
        ...checkIcons(definition, surfaces[kind], ''),
      ];
      return {
        kind,
        name,
        digest: sha256Hex(text),
        definition: text,
        findings: all.map(storableFinding),
        score,
        flagged,
      };
    }),
  );
  return { tools: tools.sort(byKindAndName), listFindings };
}

function kindFindings(
  kind: CapabilityKind,
  name: string,
  definition: CapabilityDefinition['definition'],
): readonly Finding[] {
  switch (kind) {
    case 'tool':
      return [...checkSchemas(definition as ToolDefinition), ...checkToolUi(definition)];
    case 'resource':
      return checkUri(name, '/uri');
    case 'template':
      return [...checkUri(name, '/uriTemplate'), ...checkTemplate(name)];
    case 'prompt':
    case 'instructions':
      return [];
  }
}

type Compare = (name: string) => readonly Finding[];

/** Names are compared with names of the same kind, URIs with URIs and templates with templates. */
function comparers(neighbours: readonly NeighbourServer[]): Readonly<Record<CapabilityKind, Compare>> {
  const none: Compare = () => [];
  const tools: ToolNames = indexNames(neighbours, (server) => server.toolNames);
  const prompts = indexNames(neighbours, (server) => server.promptNames ?? []);
  const uris = indexNames(neighbours, (server) => server.uris ?? []);
  return {
    tool: (name) => compareName(name, tools, surfaces.tool),
    prompt: (name) => compareName(name, prompts, surfaces.prompt),
    resource: (uri) => compareUri(uri, uris),
    template: (uri) => compareUri(uri, uris),
    instructions: none,
  };
}

function byKindAndName(a: VettedTool, b: VettedTool): number {
  const kinds = capabilityKinds.indexOf(a.kind) - capabilityKinds.indexOf(b.kind);
  if (kinds !== 0 || a.name === b.name) return kinds;
  return a.name < b.name ? -1 : 1;
}

/** Places of a list in findings. */
const listPaths: Readonly<Record<CapabilityKind, string>> = {
  tool: '/tools',
  prompt: '/prompts',
  resource: '/resources',
  template: '/resourceTemplates',
  instructions: '/instructions',
};

function readEntries(
  kind: CapabilityKind,
  entries: readonly unknown[],
  listFindings: Finding[],
): readonly CapabilityDefinition[] {
  const readable = new Map<string, CapabilityDefinition>();
  entries.forEach((entry, place) => {
    const fault = readEntry(kind, entry, readable);
    if (fault && listFindings.length < maxListedFaults) {
      const path = `${listPaths[kind]}/${place}`;
      const at = { surface: surfaces[kind], path, evidence: fault.evidence } as const;
      listFindings.push(storableFinding(makeFinding(fault.rule, at)));
    }
  });
  return [...readable.values()];
}

function readEntry(
  kind: CapabilityKind,
  entry: unknown,
  readable: Map<string, CapabilityDefinition>,
): { readonly rule: VetRule; readonly evidence: string } | undefined {
  const shape = findJsonFault(entry, definitionLimits);
  if (shape) return { rule: unreadable, evidence: `${shape.kind.replaceAll('_', ' ')}${nameOf(entry)}` };
  const capability = readCapability(kind, entry);
  if (!capability) return { rule: unreadable, evidence: `is no ${kind}${nameOf(entry)}` };
  if (hasHidden(capability.name)) return { rule: oddName, evidence: capability.name };
  if (readable.has(capability.name)) return { rule: duplicate, evidence: capability.name };
  readable.set(capability.name, capability);
  return undefined;
}

function nameOf(entry: unknown): string {
  const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
  return typeof name === 'string' ? `: ${storable(name.slice(0, 100))}` : '';
}

function hasHidden(name: string): boolean {
  return Array.from(name).some((letter) => hiddenKind(letter.codePointAt(0) ?? 0) !== undefined);
}

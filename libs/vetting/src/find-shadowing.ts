import { type Finding, pathOf, type Surface, skeleton, walkJson } from '@sallyport/detection';
import { makeFinding, type VetRule } from './make-finding.ts';
import type { NeighbourServer } from './observation.ts';

const shadowing: VetRule = {
  code: 'shadowing',
  title: 'Names a tool of another server',
  severity: 'high',
  owasp: 'MCP03',
};
const namesServer: VetRule = {
  code: 'names_other_server',
  title: 'Names another server of this tenant',
  severity: 'low',
  owasp: 'MCP03',
};

/** Names that belong to others, folded; only distinctive ones, so that plain words do not count. */
export interface ForeignNames {
  readonly tools: ReadonlyMap<string, string>;
  readonly servers: ReadonlyMap<string, string>;
}

/** Collects what a definition of this server has no business to mention. */
export function collectForeignNames(
  neighbours: readonly NeighbourServer[],
  ownToolNames: readonly string[],
): ForeignNames {
  const own = new Set(ownToolNames.map(skeleton));
  const tools = new Map<string, string>();
  const servers = new Map<string, string>();
  for (const server of neighbours) {
    if (isDistinctive(server.slug)) servers.set(skeleton(server.slug), server.name);
    for (const name of [...server.toolNames, ...(server.promptNames ?? [])]) {
      const key = skeleton(name);
      if (!own.has(key) && isDistinctive(name)) tools.set(key, `${server.slug}: ${name}`);
      tools.set(`${skeleton(server.slug)}__${key}`, `${server.slug}: ${name}`);
    }
  }
  return { tools, servers };
}

/** Made of several words or with digits: `send_invoice` is a name, `search` is a word. */
function isDistinctive(name: string): boolean {
  return name.length >= 6 && (/[a-z0-9][_-][a-z0-9]/i.test(name) || /[a-z][A-Z]/.test(name));
}

const maxUnits = 64 * 1024;
const maxFindings = 5;

/** Finds names of other servers' tools in any text of a definition. One pass over its words. */
export function findShadowing(
  definition: unknown,
  names: ForeignNames,
  surface: Surface,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (names.tools.size === 0 && names.servers.size === 0) return findings;
  const seen = new Set<string>();
  walkJson(definition, { maxDepth: 64, maxNodes: 20_000 }, (node) => {
    // The tool's own name may be the same as one elsewhere; look-alikes are judged apart.
    if (typeof node.value !== 'string' || (node.key === 'name' && node.depth === 1)) return;
    for (const word of wordsOf(node.value)) {
      if (findings.length >= maxFindings) return;
      const found = lookUp(word, names);
      if (found === undefined || seen.has(word)) continue;
      seen.add(word);
      const place = { surface, path: pathOf(node), evidence: found.evidence } as const;
      findings.push(makeFinding(found.rule, { ...place, ...spanOf(node.value, word) }));
    }
  });
  return findings;
}

function wordsOf(text: string): readonly string[] {
  return skeleton(text.slice(0, maxUnits))
    .split(/[^a-z0-9_-]+/)
    .filter((word) => word.length >= 6);
}

function lookUp(word: string, names: ForeignNames): { rule: VetRule; evidence: string } | undefined {
  const tool = names.tools.get(word);
  if (tool !== undefined) return { rule: shadowing, evidence: `names ${tool}` };
  const server = names.servers.get(word);
  return server === undefined ? undefined : { rule: namesServer, evidence: `names the server ${server}` };
}

function spanOf(text: string, word: string): { start: number; end: number } {
  const at = text.toLowerCase().indexOf(word);
  return at < 0 ? { start: 0, end: text.length } : { start: at, end: at + word.length };
}

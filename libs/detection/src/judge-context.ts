import { visibleText } from './characters.ts';
import type { Finding } from './finding.ts';
import { ruleVersion } from './finding.ts';
import { compareServerNames } from './names/compare-names.ts';
import { skeleton } from './normalize.ts';
import { pathOf, walkJson } from './walk-json.ts';

interface Facts {
  readonly code: string;
  readonly title: string;
  readonly severity: Finding['severity'];
  readonly owasp: string;
  readonly confidence: number;
}

const lookalike: Facts = {
  code: 'lookalike_server',
  title: 'Name imitates another server',
  severity: 'high',
  owasp: 'MCP09',
  confidence: 0.95,
};
const similar: Facts = {
  ...lookalike,
  title: 'Name is close to another server',
  severity: 'medium',
  confidence: 0.8,
};
const shadowing: Facts = {
  code: 'shadowing',
  title: 'Names a tool of another server',
  severity: 'high',
  owasp: 'MCP03',
  confidence: 0.8,
};
const changed: Facts = {
  code: 'definition_changed',
  title: 'Definition differs from the approved one',
  severity: 'low',
  owasp: 'MCP03',
  confidence: 1,
};

const maxEvidence = 300;

function toFinding(
  facts: Facts,
  evidence: string,
  place: { path: string; start: number; end: number },
): Finding {
  return {
    ...facts,
    ...place,
    surface: 'tool_definition',
    part: 'value',
    excerpt: visibleText(evidence.slice(0, maxEvidence)),
    tier: 'rule',
    ruleVersion,
  };
}

/** Finds the known server that this one could be taken for; a name that is known itself is nobody's imitation. */
export function findLookalike(
  server: string | undefined,
  known: readonly string[] | undefined,
): readonly Finding[] {
  if (server === undefined || known === undefined || known.includes(server)) return [];
  let found: Finding[] = [];
  for (const other of known) {
    const likeness = compareServerNames(server, other);
    if (likeness === undefined) continue;
    const finding = toFinding(likeness === 'imitates' ? lookalike : similar, `${server} – ${other}`, {
      path: '',
      start: 0,
      end: 0,
    });
    if (likeness === 'imitates') return [finding];
    if (found.length === 0) found = [finding];
  }
  return found;
}

export interface KnownTool {
  readonly server: string;
  readonly name: string;
}

const maxUnits = 64 * 1024;
const maxShadowed = 5;

/** Finds names of other servers' tools in the texts of a definition. One pass over its words. */
export function findForeignTools(
  definition: unknown,
  server: string | undefined,
  known: readonly KnownTool[] | undefined,
): readonly Finding[] {
  if (known === undefined || known.length === 0) return [];
  const names = foreignNames(server, known);
  const findings: Finding[] = [];
  walkJson(definition, { maxDepth: 64, maxNodes: 20_000 }, (node) => {
    if (typeof node.value !== 'string' || (node.key === 'name' && node.depth === 1)) return;
    for (const { tool, start, end } of mentionsIn(node.value, names)) {
      if (findings.length >= maxShadowed) return;
      findings.push(
        toFinding(shadowing, `names ${tool.server}: ${tool.name}`, { path: pathOf(node), start, end }),
      );
    }
  });
  return findings;
}

/** By folded name: tools that are not this server's, and whose name is nobody's ordinary word. */
function foreignNames(server: string | undefined, known: readonly KnownTool[]): Map<string, KnownTool> {
  const own = new Set(known.filter((tool) => tool.server === server).map((tool) => skeleton(tool.name)));
  const names = new Map<string, KnownTool>();
  for (const tool of known) {
    const key = skeleton(tool.name);
    if (tool.server !== server && !own.has(key) && isDistinctive(tool.name)) names.set(key, tool);
  }
  return names;
}

interface Mention {
  readonly tool: KnownTool;
  readonly start: number;
  readonly end: number;
}

/** Each name once in the whole definition: what is found is taken out of `names`. */
function mentionsIn(text: string, names: Map<string, KnownTool>): readonly Mention[] {
  const lower = text.slice(0, maxUnits).toLowerCase();
  const found: Mention[] = [];
  for (const word of new Set(skeleton(lower).split(/[^a-z0-9_-]+/))) {
    const tool = word.length >= 6 ? names.get(word) : undefined;
    if (tool === undefined) continue;
    names.delete(word);
    const at = lower.indexOf(word);
    found.push({ tool, start: Math.max(0, at), end: at < 0 ? lower.length : at + word.length });
  }
  return found;
}

/** Made of several words or with digits: `send_invoice` is a name, `search` is a word. */
function isDistinctive(name: string): boolean {
  return name.length >= 6 && (/[a-z0-9][_-][a-z0-9]/i.test(name) || /[a-z][A-Z]/.test(name));
}

/** Says that a definition is not the approved one; in itself no attack. */
export function findChange(definition: unknown, previous: unknown): readonly Finding[] {
  if (previous === undefined || JSON.stringify(definition) === JSON.stringify(previous)) return [];
  return [toFinding(changed, '', { path: '', start: 0, end: 0 })];
}

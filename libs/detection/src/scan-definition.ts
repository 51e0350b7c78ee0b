import { type Finding, type RawHit, type RuleFacts, severityRank } from './finding.ts';
import { foldedName } from './folded-name.ts';
import { covertParameter, covertParameterNames } from './rules/parameters.ts';
import { createJsonScan, type JsonScanOptions } from './scan-json.ts';
import { pathOf, type WalkNode, walkJson, walkLimits } from './walk-json.ts';

const noteParameter: RuleFacts = {
  code: 'side_channel_parameter',
  title: 'Free-text parameter beside other findings',
  severity: 'medium',
  owasp: 'MCP03',
};

/** Real tools use these names too: they only count beside another finding of the same definition. */
const noteNames: ReadonlySet<string> = new Set([
  'note',
  'notes',
  'sidenote',
  'side_note',
  'feedback',
  'session_info',
  'context',
  'metadata',
  'extra',
  'debug_info',
  'summary',
]);

/**
 * Scans a whole tool definition: name, title, description, annotations and every string of its schemas, property
 * names included. The same rules serve prompts and resource listings.
 */
export function scanDefinition(definition: unknown, options: JsonScanOptions = {}): readonly Finding[] {
  const scan = createJsonScan('tool_definition', options);
  const notes: WalkNode[] = [];
  const end = walkJson(definition, options.limits ?? walkLimits, (node) => {
    scan.visit(node);
    if (!isPropertyName(node)) return;
    const name = foldedName(node.key ?? '');
    const hit = findCovert(node.key ?? '', name);
    if (hit)
      scan.add([hit], { text: node.key ?? '', path: (options.path ?? '') + pathOf(node), part: 'name' });
    if (noteNames.has(name)) notes.push(node);
  });
  if (end !== 'done') scan.truncated(end);
  if (notes.length > 0 && scan.findings().some((finding) => severityRank(finding.severity) >= 2)) {
    for (const node of notes) {
      const text = node.key ?? '';
      const path = (options.path ?? '') + pathOf(node);
      scan.add([{ facts: noteParameter, start: 0, end: text.length }], { text, path, part: 'name' });
    }
  }
  return scan.findings();
}

function isPropertyName(node: WalkNode): boolean {
  return node.parent?.key === 'properties' && !Array.isArray(node.parent.value);
}

function findCovert(key: string, name: string): RawHit | undefined {
  const isCovert = covertParameterNames.some((phrase) => `_${name}_`.includes(`_${phrase}_`));
  return isCovert ? { facts: covertParameter, start: 0, end: key.length } : undefined;
}

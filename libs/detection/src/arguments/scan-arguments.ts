import type { CompiledRules } from '../custom-rules.ts';
import type { ExcerptMode } from '../evidence.ts';
import type { Finding, RawHit, RuleFacts, ScanMeter } from '../finding.ts';
import { foldedName } from '../folded-name.ts';
import { layerBudget } from '../layers/unfold-layers.ts';
import { createJsonScan } from '../scan-json.ts';
import { pathOf, type WalkLimits, type WalkNode, walkJson, walkLimits } from '../walk-json.ts';
import type { ArgumentRole } from './argument-role.ts';
import { checkOutgoingUrl, checkSentTogether } from './check-exfiltration.ts';
import { memberConfidence, operatorMember, prototypeMember } from './check-members.ts';
import { findArgumentHits } from './find-argument-hits.ts';
import { ratedHit } from './rated-hit.ts';
import { createRoles, type RoleOverrides } from './resolve-roles.ts';
import type { RoleTool } from './role-of.ts';

export interface ArgumentScanOptions {
  readonly tool?: RoleTool;
  /** Set by the admin: JSON Pointer, `*` for the items of an array → role. */
  readonly roles?: RoleOverrides;
  readonly customRules?: CompiledRules;
  readonly path?: string;
  readonly limits?: WalkLimits;
  readonly maxUnits?: number;
  readonly excerpt?: ExcerptMode;
  readonly maxFindings?: number;
  readonly meter?: ScanMeter;
}

interface Leaf {
  readonly node: WalkNode;
  readonly role: ArgumentRole;
  readonly name: string;
  readonly text: string;
  readonly hits: RawHit[];
}

/** Most strings that are checked by role in one call: more than fit into what is looked at in one go. */
export const maxLeaves = 1_600;
/** Most units checked by role in one call; what is beyond is still read as text. */
export const maxRoleUnits = 64 * 1024;

const tooMuch: RuleFacts = {
  code: 'scan_truncated',
  title: 'Arguments too large to be checked by role',
  severity: 'medium',
  owasp: null,
};

/** Scans the arguments of a call: every string as text, and by what it is for. Linear in their size, within the caps. */
export function scanArguments(args: unknown, options: ArgumentScanOptions = {}): readonly Finding[] {
  const scan = createJsonScan('arguments', options);
  const roles = createRoles(options.tool, options.roles);
  const leaves: Leaf[] = [];
  let units = 0;
  let isOver = false;
  const end = walkJson(args, options.limits ?? walkLimits, (node) => {
    scan.visit(node);
    addMember(scan, node, options.path ?? '');
    if (typeof node.value !== 'string' || node.value === '') return;
    units += node.value.length;
    if (leaves.length >= maxLeaves || units > maxRoleUnits) {
      isOver = true;
      return;
    }
    leaves.push(leafOf(node, node.value, roles(node)));
  });
  if (end !== 'done') scan.truncated(end);
  if (isOver)
    scan.add([{ facts: tooMuch, start: 0, end: 0 }], { text: '', path: options.path ?? '', part: 'value' });
  checkLeaves(leaves, options);
  for (const leaf of leaves) {
    if (leaf.hits.length === 0) continue;
    scan.add(leaf.hits, { text: leaf.text, path: (options.path ?? '') + pathOf(leaf.node), part: 'value' });
  }
  return scan.findings();
}

function leafOf(node: WalkNode, text: string, role: ArgumentRole): Leaf {
  return { node, role, name: foldedName(nameOf(node)), text, hits: [] };
}

/** The name of a value; that of the list for its items. */
function nameOf(node: WalkNode): string {
  for (let at: WalkNode | undefined = node; at; at = at.parent) {
    if (at.parent && !Array.isArray(at.parent.value)) return at.key ?? '';
  }
  return '';
}

function addMember(scan: ReturnType<typeof createJsonScan>, node: WalkNode, base: string): void {
  if (node.key === undefined || Array.isArray(node.parent?.value)) return;
  const found = memberConfidence(node);
  if (!found) return;
  const facts = found.kind === 'operator' ? operatorMember : prototypeMember;
  const hit = ratedHit(facts, 0, node.key.length, found.confidence);
  scan.add([hit], { text: node.key, path: base + pathOf(node), part: 'name' });
}

function checkLeaves(leaves: readonly Leaf[], { tool, meter }: ArgumentScanOptions): void {
  const toolText = tool
    ? `${tool.name} ${(tool.description ?? '').slice(0, 300)} ${tool.tags?.join(' ') ?? ''}`.toLowerCase()
    : '';
  const budget = layerBudget();
  for (const leaf of leaves) {
    leaf.hits.push(
      ...findArgumentHits(leaf.text, { role: leaf.role, name: leaf.name, toolText, meter, budget }),
    );
    checkOutgoingUrl(leaf, (facts, start, end, confidence) =>
      leaf.hits.push(ratedHit(facts, start, end, confidence)),
    );
  }
  checkSentTogether(leaves, (index, facts, span, confidence) => {
    leaves[index]?.hits.push({
      ...ratedHit(facts, span.start, span.end, confidence),
      evidence: span.type.toLowerCase(),
    });
  });
}

import { type ExcerptMode, toFindings } from './evidence.ts';
import {
  type Finding,
  type FindingPart,
  type RawHit,
  type RuleFacts,
  type Surface,
  surfaceGroup,
} from './finding.ts';
import { layerBudget } from './layers/unfold-layers.ts';
import { defaultMaxUnits, findHits, type ScanOptions } from './scan-text.ts';
import { pathOf, type WalkLimits, type WalkNode, walkJson, walkLimits } from './walk-json.ts';

export interface JsonScanOptions extends ScanOptions {
  readonly limits?: WalkLimits;
  /** Most findings returned; a further one says that there are more. */
  readonly maxFindings?: number;
}

const tooBig: RuleFacts = {
  code: 'scan_truncated',
  title: 'Too large to be scanned whole',
  severity: 'medium',
  owasp: null,
};

const tooMany: RuleFacts = {
  code: 'scan_truncated',
  title: 'More findings than are listed',
  severity: 'medium',
  owasp: null,
};

const defaultMaxFindings = 100;

/** Scans every string and every member name of a parsed JSON value. Linear in its size, within the caps. */
export function scanJson(
  value: unknown,
  surface: Surface,
  options: JsonScanOptions = {},
): readonly Finding[] {
  const scan = createJsonScan(surface, options);
  const end = walkJson(value, options.limits ?? walkLimits, scan.visit);
  if (end !== 'done') scan.truncated(end);
  return scan.findings();
}

/** The state of one scan over a JSON value; `scanDefinition` adds its own rules to it. */
export function createJsonScan(surface: Surface, options: JsonScanOptions) {
  const found: Finding[] = [];
  const maxFindings = options.maxFindings ?? defaultMaxFindings;
  const base = options.path ?? '';
  const excerpt: ExcerptMode = options.excerpt ?? (surfaceGroup(surface) === 'payload' ? 'span' : 'context');
  let unitsLeft = options.maxUnits ?? defaultMaxUnits;
  let isCut = false;
  const budget = layerBudget();

  const add = (hits: readonly RawHit[], at: { text: string; path: string; part: FindingPart }): void => {
    found.push(...toFindings(hits, { ...at, surface, excerpt }));
  };
  const truncated = (evidence: string): void => {
    add([{ facts: tooBig, start: 0, end: 0, evidence }], { text: '', path: base, part: 'value' });
  };
  const scan = (node: WalkNode, text: string, part: FindingPart): void => {
    if (found.length > maxFindings || isCut) return;
    if (text.length > unitsLeft) isCut = true;
    const piece = isCut ? text.slice(0, unitsLeft) : text;
    unitsLeft -= piece.length;
    const hits = findHits(piece, surface, options.meter, budget);
    if (options.customRules) hits.push(...options.customRules.find(piece, surface, options.meter));
    if (hits.length > 0) add(hits, { text: piece, path: base + pathOf(node), part });
    if (isCut) truncated(`limit ${options.maxUnits ?? defaultMaxUnits} units`);
  };
  return {
    add,
    truncated,
    visit: (node: WalkNode): void => {
      if (node.key !== undefined && !isIndex(node)) scan(node, node.key, 'name');
      if (typeof node.value === 'string' && node.value.length > 0) scan(node, node.value, 'value');
    },
    findings: (): readonly Finding[] => {
      if (found.length <= maxFindings) return found;
      const kept = found.slice(0, maxFindings);
      const place = { text: '', path: base, part: 'value', surface, excerpt } as const;
      return [...kept, ...toFindings([{ facts: tooMany, start: 0, end: 0 }], place)];
    },
  };
}

function isIndex(node: WalkNode): boolean {
  return Array.isArray(node.parent?.value);
}

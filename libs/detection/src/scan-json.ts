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
/** Of a code that comes late, so many are listed beyond the most. */
const lateFindings = 5;

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
  const customBudget = options.customRules?.budget();
  const counts = new Map<string, number>();

  // Each code has its own count: many of one must not hide another.
  const add = (hits: readonly RawHit[], at: { text: string; path: string; part: FindingPart }): void => {
    const told = hits.filter(({ facts: { code } }) => {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      return count <= maxFindings;
    });
    if (told.length > 0) found.push(...toFindings(told, { ...at, surface, excerpt }));
  };
  const truncated = (evidence: string): void => {
    add([{ facts: tooBig, start: 0, end: 0, evidence }], { text: '', path: base, part: 'value' });
  };
  const scan = (node: WalkNode, text: string, part: FindingPart): void => {
    if (isCut) return;
    if (text.length > unitsLeft) isCut = true;
    const piece = isCut ? text.slice(0, unitsLeft) : text;
    unitsLeft -= piece.length;
    const hits = findHits(piece, surface, options.meter, budget);
    if (options.customRules)
      hits.push(...options.customRules.find(piece, surface, options.meter, customBudget));
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
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      if (total <= maxFindings) return found;
      const place = { text: '', path: base, part: 'value', surface, excerpt } as const;
      const more = toFindings([{ facts: tooMany, start: 0, end: 0 }], place);
      return [...listed(found, counts, { maxFindings, base }), ...more];
    },
  };
}

/** The first findings, a few of each code that came later, and what of a code is not listed, as one without a place. */
function listed(
  found: readonly Finding[],
  counts: ReadonlyMap<string, number>,
  { maxFindings, base }: { readonly maxFindings: number; readonly base: string },
): readonly Finding[] {
  const kept: Finding[] = [];
  const keptOf = new Map<string, number>();
  const left = new Map<string, Finding>();
  for (const finding of found) {
    const count = keptOf.get(finding.code) ?? 0;
    if (kept.length < maxFindings || count < lateFindings) {
      kept.push(finding);
      keptOf.set(finding.code, count + 1);
    }
    if ((counts.get(finding.code) ?? 0) > (keptOf.get(finding.code) ?? 0)) left.set(finding.code, finding);
    else left.delete(finding.code);
  }
  const rest = { path: base, part: 'value', start: 0, end: 0, excerpt: '' } as const;
  // Whoever takes spans out learns that there are some that it does not know of.
  const unlisted = [...left.values()].map((finding) => ({ ...finding, ...rest, title: moreOf(finding) }));
  return [...kept, ...unlisted];
}

const moreOf = ({ title }: Finding): string => `${title}: more than are listed`;

function isIndex(node: WalkNode): boolean {
  return Array.isArray(node.parent?.value);
}

import {
  actionFor,
  classOf,
  type Detector,
  type Finding,
  findSensitive,
  type PayloadSurface,
  type Redaction,
  type RedactionHit,
  type RedactionPolicy,
  redactJson,
  type SensitiveAction,
  type SensitiveClass,
  type TokenBook,
  type Verdict,
} from '@sallyport/detection';
import type { FindingAction } from '@sallyport/ledger';
import { type CallFinding, ownFinding } from './call-finding.ts';
import type { NextText, Seam } from './carry.ts';
import type { SliceWork } from './inspect-large.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { judgeSeam } from './judge-seam.ts';
import { maskSpans, maskText } from './mask-spans.ts';
import { type SlicePlace, type Step, wholePath } from './slice-place.ts';
import type { Direction, ToolInspection } from './tenant-inspection.ts';
import { textOf } from './text-of.ts';

/** What one inspection is about. */
export interface RunInput {
  readonly detector: Detector;
  readonly tool: ToolInspection;
  readonly direction: Direction;
  readonly surface: PayloadSurface | 'arguments';
  /** Whether anything is done about what is found; else it is only recorded. */
  readonly isActing: boolean;
  /** Where tokens come from; without one, what should become a token is masked. */
  readonly book: TokenBook | null;
  /** Of the value, where there is one. */
  readonly schema?: unknown;
  /** Whether a later tier would be asked. */
  readonly asksDeeper: boolean;
}

/** A text that the first tiers are not sure of. */
export interface GreyText {
  readonly text: string;
  readonly path: string;
  readonly score: number;
}

/** One inspection: of a whole small value, or of a large one slice by slice. */
export interface InspectionRun extends SliceWork {
  /** Looks at a value at once and gives it back as it may go on. */
  whole(value: unknown): unknown;
  readonly findings: readonly CallFinding[];
  /** The finding for which the value must not go on. */
  readonly cause: CallFinding | undefined;
  readonly greys: readonly GreyText[];
  /** Something that the policy names is in it, whatever was done about it. */
  readonly hasSensitive: boolean;
  add(finding: Finding, action?: FindingAction): void;
  /** Looks at the seam between what was said before and a text of the value. */
  acrossSeam(seam: Seam, next: NextText): void;
  /** The value is looked at in slices: what would be taken out at a seam holds it back instead. */
  noSpansBefore(): void;
}

const here: SlicePlace = { trail: [], firstItem: null, offset: 0 };

/** Begins an inspection. */
export function createRun(input: RunInput): InspectionRun {
  const { tool, direction, surface, isActing, detector } = input;
  const policy = tool[direction];
  const findings: CallFinding[] = [];
  const greys: GreyText[] = [];
  const known = new Set<string>();
  /** Spans to be taken out of long texts, by the path of the text. */
  const longSpans = new Map<string, Finding[]>();
  let atSeam: readonly Finding[] = [];
  let cause: CallFinding | undefined;
  let hasSensitive = false;

  const actionOf = (finding: Finding): FindingAction => {
    if (!isActing) return 'monitor';
    return handedOver(finding, tool, policy) ?? tool.modeOf(finding);
  };
  const note = (finding: Finding, place: SlicePlace, action = actionOf(finding)): CallFinding | undefined => {
    const path = wholePath(place, finding.path);
    const { code, part, start, end } = finding;
    const name = `${code} ${part} ${start} ${end} ${path}`;
    // The same in the overlap of two windows, or in a name above many slices.
    if (known.has(name) || known.size >= inspectionLimits.maxFindings * 2) return undefined;
    known.add(name);
    const noted: CallFinding = { ...finding, path, action };
    findings.push(noted);
    if (action === 'block' || (action === 'mask' && hasNoSpan(noted))) cause ??= noted;
    return noted;
  };
  const failed = (place: SlicePlace): void => {
    note(ownFinding({ ...scanFailed, surface }), place);
  };
  const judge = (wrapped: unknown, place: SlicePlace): readonly Finding[] => {
    try {
      const verdict = judgeBy(detector, surface, wrapped, tool);
      if (verdict.band === 'grey' && input.asksDeeper) {
        greys.push({ text: textOf(wrapped), path: wholePath(place, ''), score: verdict.score });
      }
      return verdict.findings;
    } catch {
      // Whatever threw may hold what it stumbled over: nothing of it is kept.
      failed(place);
      return [];
    }
  };
  const redact = (wrapped: unknown, place: SlicePlace): { value: unknown; hits: readonly RedactionHit[] } => {
    if (policy === null) return { value: wrapped, hits: [] };
    try {
      const seen = redactJson(wrapped, policy, input.book, optionsOf(input.schema));
      const { hits } = seen;
      hasSensitive ||= hits.length > 0;
      for (const hit of hits) note(findingOf(hit, surface), place, isActing ? doneTo(hit, seen) : 'monitor');
      if (seen.isCut) truncated(place);
      return { value: isActing && takesOut(hits) ? seen.value : wrapped, hits };
    } catch {
      failed(place);
      return { value: wrapped, hits: [] };
    }
  };
  const truncated = (place: SlicePlace): void => {
    note(ownFinding({ ...scanTruncated, surface }), place);
  };
  /** Takes the spans out; where that cannot be, the whole is held back. */
  const mask = (value: unknown, spans: readonly Finding[]): unknown => {
    if (spans.length === 0) return value;
    const masked = maskSpans(value, spans);
    const [first] = spans;
    if (masked === undefined && first) cause ??= { ...first, action: 'block' };
    return masked ?? value;
  };
  const noteInWindow = (finding: Finding, place: SlicePlace): void => {
    const isHere = finding.part === 'value' && depthOf(finding.path) === place.trail.length;
    const noted = note(isHere ? movedBy(finding, place.offset) : finding, place);
    if (!noted || !isTakenOut(noted.action) || isSecret(noted)) return;
    if (isHere) longSpans.set(noted.path, [...(longSpans.get(noted.path) ?? []), noted]);
    // A name on the way to the text is looked at where it stands.
    else if (noted.part === 'value') cause ??= noted;
  };
  const part = (wrapped: unknown, place: SlicePlace): unknown => {
    const found = judge(wrapped, place);
    const spans = found.filter((finding) => actionOf(finding) === 'mask' && !isSecret(finding));
    const { value, hits } = redact(mask(wrapped, spans), place);
    if (found.length === 0) return value;
    const seen = new Set(hits.filter(({ type }) => classOf(type) === 'secret').map(({ path }) => path));
    // What redaction has dealt with is told once, and by type.
    const told = found.filter((finding) => !isSecret(finding) || !seen.has(finding.path));
    for (const finding of told) note(finding, place);
    return mask(
      value,
      told.filter((finding) => isSecret(finding) && isTakenOut(actionOf(finding))),
    );
  };
  return {
    findings,
    greys,
    get cause() {
      return cause;
    },
    get hasSensitive() {
      return hasSensitive;
    },
    add(finding, action) {
      const noted = note(finding, here, action);
      // What it is about has been put together from many texts.
      if (noted && isTakenOut(noted.action)) cause ??= noted;
    },
    acrossSeam(seam, next) {
      try {
        for (const { action, ...finding } of judgeSeam(detector, { tool, direction, seam, next })) {
          const noted = note(finding, here, isActing ? action : 'monitor');
          if (noted && isTakenOut(noted.action)) atSeam = [...atSeam, noted];
        }
      } catch {
        failed(here);
      }
    },
    noSpansBefore() {
      const [first] = atSeam;
      if (first) cause ??= { ...first, action: 'block' };
      atSeam = [];
    },
    whole: (value) => part(mask(value, atSeam), here),
    part,
    window(wrapped, place) {
      for (const finding of judge(wrapped, place)) noteInWindow(finding, place);
    },
    maskLong(text, trail) {
      const spans = longSpans.get(wholePath({ ...here, trail }, pathOf(trail))) ?? [];
      return spans.length === 0 ? text : maskText(text, spans);
    },
    cutAt: (text, from, limit) => cutAt(text, { from, limit, policy }),
    piece: (wrapped, place) => redact(wrapped, place).value,
    truncated: (trail) => truncated({ ...here, trail }),
  };
}

function movedBy(finding: Finding, offset: number): Finding {
  return { ...finding, start: finding.start + offset, end: finding.end + offset };
}

/** What the inspection says of itself has no span: nothing but the whole could be taken out. */
const hasNoSpan = ({ code, start, end }: Finding): boolean => end <= start && !code.startsWith('sensitive_');

const scanFailed = {
  code: 'scan_failed',
  title: 'Could not be inspected',
  severity: 'high',
} as const;
const scanTruncated = {
  code: 'scan_truncated',
  title: 'Too large to be inspected whole',
  severity: 'medium',
} as const;

function judgeBy(
  detector: Detector,
  surface: RunInput['surface'],
  value: unknown,
  { context }: ToolInspection,
): Verdict {
  return surface === 'arguments'
    ? detector.judgeArguments(value, context)
    : detector.judgePayload(value, surface, context);
}

const isSecret = ({ code }: Finding): boolean => code.startsWith('secret_');
const isTakenOut = (action: FindingAction): boolean => action === 'mask' || action === 'tokenise';

/** A secret that the rules saw, where redaction takes secrets out: it decides, unless the tenant named the rule. */
function handedOver(
  finding: Finding,
  tool: ToolInspection,
  policy: RedactionPolicy | null,
): FindingAction | undefined {
  if (policy === null || !isSecret(finding) || tool.namesCode(finding.code)) return undefined;
  const action = actionFor(policy, 'API_KEY');
  return action === 'mask' || action === 'tokenise' ? action : undefined;
}

const severities = {
  secret: 'high',
  financial: 'medium',
  identity: 'medium',
  health: 'medium',
  contact: 'low',
  network: 'low',
} as const satisfies Record<SensitiveClass, string>;

function findingOf({ type, path, count }: RedactionHit, surface: Finding['surface']): Finding {
  const kind = classOf(type);
  return ownFinding({
    code: `sensitive_${type.toLowerCase()}`,
    title: count === 1 ? `Sensitive: ${type}` : `Sensitive: ${type}, ${count} times`,
    severity: severities[kind],
    surface,
    path,
    ...(kind === 'secret' ? { owasp: 'MCP01' } : {}),
  });
}

const takesOut = (hits: readonly RedactionHit[]): boolean =>
  hits.some(({ action }) => isTakenOut(actionOfHit(action)));
const actionOfHit = (action: SensitiveAction): FindingAction => (action === 'allow' ? 'monitor' : action);

/** What should have become tokens and found no room was masked. */
function doneTo({ action, count }: RedactionHit, { overflow }: Redaction<unknown>): FindingAction {
  return action === 'tokenise' && overflow >= count ? 'mask' : actionOfHit(action);
}

function optionsOf(schema: unknown): { schema?: unknown } {
  return schema === undefined ? {} : { schema };
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length - 1;
}

function pathOf(trail: readonly Step[]): string {
  return trail.map(({ key }) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Looks for white space this far back: words and most secrets hold none. */
const lookBack = 256;

function cutAt(
  text: string,
  at: { readonly from: number; readonly limit: number; readonly policy: RedactionPolicy | null },
): number {
  const { from, limit, policy } = at;
  if (limit >= text.length || policy === null) return Math.min(limit, text.length);
  let cut = limit;
  for (let back = limit; back > limit - lookBack && back > from; back -= 1) {
    if (text.charCodeAt(back - 1) > 32) continue;
    cut = back;
    break;
  }
  const { overlap } = inspectionLimits;
  const start = Math.max(from, cut - overlap);
  for (const span of findSensitive(text.slice(start, cut + overlap))) {
    const isAcross = start + span.start < cut && cut < start + span.end;
    if (isAcross) return start + span.end;
  }
  // Half of a pair is no character.
  return isHighSurrogate(text.charCodeAt(cut - 1)) ? cut + 1 : cut;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

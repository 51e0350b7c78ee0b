import {
  classOf,
  type Detector,
  type Finding,
  type PayloadSurface,
  type RedactionHit,
  redactJson,
  type TokenBook,
} from '@sallyport/detection';
import type { FindingAction } from '@sallyport/ledger';
import { type CallFinding, ownFinding } from './call-finding.ts';
import type { NextText, Seam } from './carry.ts';
import { cutAt } from './cut-text.ts';
import { doneTo, findingOf, handedOver, isSecret, isTakenOut, stays, takesOut } from './finding-actions.ts';
import { type GreySpan, greySpansOf } from './grey-spans.ts';
import type { SliceWork } from './inspect-large.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { judgeBy } from './judge-by.ts';
import { judgeSeam } from './judge-seam.ts';
import { manyHits, maskSpans, maskText } from './mask-spans.ts';
import { type SlicePlace, type Step, wholePath } from './slice-place.ts';
import type { Direction, ToolInspection } from './tenant-inspection.ts';

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

/** One inspection: of a whole small value, or of a large one slice by slice. */
export interface InspectionRun extends SliceWork {
  /** Looks at a value at once and gives it back as it may go on. */
  whole(value: unknown): unknown;
  readonly findings: readonly CallFinding[];
  /** The finding for which the value must not go on. */
  readonly cause: CallFinding | undefined;
  /** Where it is in doubt, as far as a later tier would be asked. */
  readonly greys: readonly GreySpan[];
  /** What was judged; `greys` are places in it. */
  judged(value: unknown): unknown;
  /** Something that the policy names is in it, whatever was done about it. */
  readonly hasSensitive: boolean;
  add(finding: Finding, action?: FindingAction): void;
  /** Looks at the seam between what was said before and a text of the value. */
  acrossSeam(seam: Seam, next: NextText): void;
  /** The value is looked at in slices: what would be taken out at a seam holds it back instead. */
  noSpansBefore(): void;
}

/** More are not told, but what they do is done. */
const maxNoted = inspectionLimits.maxFindings * 2;

/** Only the most doubtful are asked about; a value with more of them is one that is asked about anyway. */
const maxGreys = 1_000;

const here: SlicePlace = { trail: [], firstItem: null, offset: 0 };

/** Begins an inspection. */
export function createRun(input: RunInput): InspectionRun {
  const { tool, direction, surface, isActing, detector } = input;
  const policy = tool[direction];
  const findings: CallFinding[] = [];
  const greys: GreySpan[] = [];
  const known = new Set<string>();
  /** Spans to be taken out of long texts, by the path of the text. */
  const longSpans = new Map<string, Finding[]>();
  let atSeam: readonly Finding[] = [];
  let maskedAtSeam: unknown;
  let hasMaskedSeam = false;
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
    if (known.has(name)) return undefined;
    const noted: CallFinding = { ...finding, path, action };
    if (action === 'block' || (action === 'mask' && hasNoSpan(noted))) cause ??= noted;
    if (known.size < maxNoted) {
      known.add(name);
      findings.push(noted);
    }
    return noted;
  };
  const failed = (place: SlicePlace): void => {
    note(ownFinding({ ...scanFailed, surface }), place);
  };
  const judge = (wrapped: unknown, place: SlicePlace): readonly Finding[] => {
    try {
      const verdict = judgeBy(detector, surface, wrapped, tool.context);
      if (verdict.band === 'grey' && input.asksDeeper && greys.length < maxGreys) {
        greys.push(...greySpansOf(verdict, (finding) => placed(finding, place)));
      }
      return verdict.findings;
    } catch {
      // Whatever threw may hold what it stumbled over: nothing of it is kept.
      failed(place);
      return [];
    }
  };
  /** A schema that takes no mask was written by whoever is to get the value, or to show it. */
  const holdBack = (hits: readonly RedactionHit[], place: SlicePlace): void => {
    const kept = isActing && policy && hits.find((hit) => stays(hit, policy));
    if (!kept) return;
    const finding = findingOf(kept, surface);
    cause ??= { ...finding, path: wholePath(place, finding.path), action: 'block' };
  };
  const redact = (wrapped: unknown, place: SlicePlace): { value: unknown; hits: readonly RedactionHit[] } => {
    if (policy === null) return { value: wrapped, hits: [] };
    try {
      const seen = redactJson(wrapped, policy, input.book, optionsOf(input.schema));
      const { hits } = seen;
      hasSensitive ||= hits.length > 0;
      for (const hit of hits) note(findingOf(hit, surface), place, isActing ? doneTo(hit, seen) : 'monitor');
      holdBack(hits, place);
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
    const isHere = standsHere(finding, place);
    const noted = note(isHere ? movedBy(finding, place.offset) : finding, place);
    if (!noted || !isTakenOut(noted.action) || isSecret(noted)) return;
    if (isHere) addSpan(longSpans, noted);
    // A name on the way to the text is looked at where it stands.
    else if (noted.part === 'value') cause ??= noted;
  };
  const part = (wrapped: unknown, place: SlicePlace): unknown => {
    const found = judge(wrapped, place);
    const spans = found.filter((finding) => actionOf(finding) === 'mask' && !isSecret(finding));
    const { value, hits } = redact(mask(wrapped, spans), place);
    if (found.length === 0) return value;
    const dealtWith = hits.filter(({ type, action }) => classOf(type) === 'secret' && action !== 'alert');
    const seen = new Set(dealtWith.map(({ path }) => path));
    // What redaction has dealt with is told once, and by type.
    const told = found.filter(
      (finding) =>
        !isSecret(finding) || !(finding.end > finding.start ? seen.has(finding.path) : dealtWith.length > 0),
    );
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
    judged: (value) => (hasMaskedSeam ? maskedAtSeam : value),
    whole(value) {
      if (atSeam.length === 0) return part(value, here);
      maskedAtSeam = mask(value, atSeam);
      hasMaskedSeam = true;
      return part(maskedAtSeam, here);
    },
    part,
    window(wrapped, place) {
      const found = judge(wrapped, place);
      for (const finding of found) noteInWindow(finding, place);
      const many = found.find((finding) => isTakenOut(actionOf(finding)) && hasMany(found, finding));
      if (!many || isSecret(many) || !standsHere(many, place)) return;
      // A rule tells its first hits in a text: where it stopped telling, nothing of the window can stay.
      const { offset } = place;
      addSpan(longSpans, { ...placed(many, place), start: offset, end: offset + inspectionLimits.slice });
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

/** As many of its kind in one text as the detector tells. */
function hasMany(found: readonly Finding[], { code, path }: Finding): boolean {
  return found.filter((other) => other.code === code && other.path === path).length >= manyHits;
}

function addSpan(spans: Map<string, Finding[]>, finding: Finding): void {
  const known = spans.get(finding.path);
  if (known) known.push(finding);
  else spans.set(finding.path, [finding]);
}

/** Whether a finding lies in the text that a window is of, not in a name on the way to it. */
function standsHere({ part, path }: Finding, { trail }: SlicePlace): boolean {
  return part === 'value' && depthOf(path) === trail.length;
}

/** A finding as it stands in the whole value. */
function placed(finding: Finding, place: SlicePlace): Finding {
  const moved = standsHere(finding, place) ? movedBy(finding, place.offset) : finding;
  return { ...moved, path: wholePath(place, finding.path) };
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

function optionsOf(schema: unknown): { schema?: unknown } {
  return schema === undefined ? {} : { schema };
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length - 1;
}

function pathOf(trail: readonly Step[]): string {
  return trail.map(({ key }) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

import {
  actionFor,
  findSensitive,
  redactJson,
  type SensitiveType,
  sensitiveTypes,
} from '@sallyport/detection';
import type { DeeperQuestion, GreySegment } from './deeper.ts';
import type { GreySpan } from './grey-spans.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { maskedPolicy } from './kept-form.ts';
import type { ToolInspection } from './tenant-inspection.ts';

/** A secret is known by what stands around it; so far around a segment it is looked for. */
const context = 4 * 1024;
/** Of a line around a few words, so much on either side. */
const maxAround = 256;

/**
 * The texts of the most doubtful spans, bounded. Invariant: T46, what either direction's policy names is masked in them,
 * secrets always, and names of arguments are not in them.
 */
export function greySegments(
  value: unknown,
  spans: readonly GreySpan[],
  { tool, surface }: { readonly tool: ToolInspection; readonly surface: DeeperQuestion['surface'] },
): readonly GreySegment[] {
  const types = hiddenTypes(tool);
  const segments: GreySegment[] = [];
  let left: number = inspectionLimits.maxDeeperUnits;
  for (const span of [...spans].sort((a, b) => b.score - a.score)) {
    if (segments.length === inspectionLimits.maxDeeper || left <= 0) break;
    if (span.part === 'name' && surface === 'arguments') continue;
    const segment = readSegment(value, span, types, left);
    if (segment === undefined || segments.some((known) => isInside(segment, known))) continue;
    segments.push(segment);
    left -= segment.text.length;
  }
  return withoutSplit(segments, tool);
}

function isInside(one: GreySegment, other: GreySegment): boolean {
  if (one.path !== other.path || one.part !== other.part) return false;
  return one.start >= other.start && one.end <= other.end;
}

function readSegment(
  value: unknown,
  span: GreySpan,
  types: ReadonlySet<SensitiveType>,
  limit: number,
): GreySegment | undefined {
  const { path, part } = span;
  const keys = path.split('/').slice(1).map(unescapeKey);
  const name = keys.at(-1) ?? '';
  const text = part === 'name' ? name : textAt(value, keys);
  if (text === undefined || span.start >= text.length) return undefined;
  const { start, end } = span.isNarrow ? lineAround(text, span) : span;
  const stop = Math.min(end, text.length, start + limit);
  const masked = maskWithin(text, { start, end: stop, name: part === 'name' ? '' : name, types });
  return { text: masked.toWellFormed(), path, part, start, end: stop };
}

/** A part of a text, its private data masked; what lies across an end of it is masked whole. */
function maskWithin(
  text: string,
  at: {
    readonly start: number;
    readonly end: number;
    readonly name: string;
    readonly types: ReadonlySet<SensitiveType>;
  },
): string {
  const { start, end, name, types } = at;
  const from = Math.max(0, start - context);
  const around = text.slice(from, end + context);
  let out = '';
  let cursor = start;
  for (const span of findSensitive(around, { types, ...(from === 0 ? { name } : {}) })) {
    const spanStart = from + span.start;
    const spanEnd = from + span.end;
    if (spanEnd <= cursor || spanStart >= end) continue;
    out += `${text.slice(cursor, Math.max(cursor, spanStart))}[${span.type}]`;
    cursor = spanEnd;
  }
  return out + text.slice(cursor, end);
}

/** The same without values that are cut over several segments. */
function withoutSplit(segments: readonly GreySegment[], tool: ToolInspection): readonly GreySegment[] {
  const texts = segments.map(({ text }) => text);
  let seen: unknown = texts;
  for (const direction of ['inbound', 'outbound'] as const)
    seen = redactJson(seen, maskedPolicy(tool[direction]), null).value;
  return segments.map((segment, at) => ({ ...segment, text: String((seen as readonly unknown[])[at]) }));
}

function lineAround(
  text: string,
  { start, end }: GreySpan,
): { readonly start: number; readonly end: number } {
  const before = text.lastIndexOf('\n', start - 1) + 1;
  const after = text.indexOf('\n', end);
  return {
    start: start === 0 ? 0 : Math.max(before, start - maxAround),
    end: Math.min(after < 0 ? text.length : after, end + maxAround),
  };
}

function textAt(value: unknown, keys: readonly string[]): string | undefined {
  let node = value;
  for (const key of keys) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Readonly<Record<string, unknown>>)[key];
  }
  return typeof node === 'string' ? node : undefined;
}

function unescapeKey(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

const typesByTool = new WeakMap<ToolInspection, ReadonlySet<SensitiveType>>();

function hiddenTypes(tool: ToolInspection): ReadonlySet<SensitiveType> {
  let types = typesByTool.get(tool);
  if (!types) {
    const policies = [maskedPolicy(tool.inbound), maskedPolicy(tool.outbound)];
    const isHidden = (type: SensitiveType) => policies.some((policy) => actionFor(policy, type) !== 'allow');
    types = new Set(sensitiveTypes.filter(isHidden));
    typesByTool.set(tool, types);
  }
  return types;
}

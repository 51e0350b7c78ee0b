import {
  defaultMaxSensitiveUnits,
  findSensitive,
  type RedactionPolicy,
  redactText,
  type SensitiveSpan,
  type SensitiveType,
  uniformPolicy,
} from '@sallyport/detection';

/** A text without its private data, and where that stood. */
export interface MaskedText {
  readonly spans: readonly SensitiveSpan[];
  readonly text: string;
}

interface MaskOptions {
  readonly types: ReadonlySet<SensitiveType>;
  /** A longer text is looked at in windows of this size, so that memory stays flat. */
  readonly window?: number;
}

/** Windows share this much: a value that one of them cuts lies whole in the next. */
const overlap = 8 * 1024;

/** Finds and masks private data in a text of any length. */
export function maskText(
  text: string,
  { types, window = defaultMaxSensitiveUnits }: MaskOptions,
): MaskedText {
  if (text.length <= window) {
    const spans = findSensitive(text, { types });
    return { spans, text: spans.length === 0 ? text : redactText(text, maskOnly(types), null).value };
  }
  const spans = findInWindows(text, types, window);
  let masked = '';
  let at = 0;
  for (const { start, end, type } of spans) {
    masked += `${text.slice(at, start)}[${type}]`;
    at = end;
  }
  return { spans, text: masked + text.slice(at) };
}

function findInWindows(
  text: string,
  types: ReadonlySet<SensitiveType>,
  window: number,
): readonly SensitiveSpan[] {
  const spans: SensitiveSpan[] = [];
  const step = window - overlap;
  let covered = 0;
  for (let from = 0; from < text.length; from += step) {
    const isLast = from + window >= text.length;
    for (const span of findSensitive(text.slice(from, from + window), { types })) {
      // What begins in the shared part belongs to the next window, which sees all of it.
      if (!isLast && span.start >= step) continue;
      if (from + span.start < covered) continue;
      covered = from + span.end;
      spans.push({ ...span, start: from + span.start, end: covered });
    }
    if (isLast) break;
  }
  return spans;
}

function maskOnly(types: ReadonlySet<SensitiveType>): RedactionPolicy {
  const byType = Object.fromEntries([...types].map((type) => [type, 'mask']));
  return { byClass: uniformPolicy('allow').byClass, byType: byType as RedactionPolicy['byType'] };
}

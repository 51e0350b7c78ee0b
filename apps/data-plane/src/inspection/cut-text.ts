import { findSensitive, type RedactionPolicy } from '@sallyport/detection';
import { inspectionLimits } from './inspection-limits.ts';

/** Looks for white space this far back: words and most secrets hold none. */
const lookBack = 256;

/** Where a long text may be cut soon after the limit or before it: nothing sensitive lies across. */
export function cutAt(
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

import { codeAt } from '../automaton.ts';
import { type EncodedRun, findEncodedRuns } from '../find-runs.ts';
import type { ScanMeter } from '../finding.ts';
import type { Candidate } from './found.ts';
import { searchView } from './search-view.ts';
import { classOf } from './sensitive-type.ts';
import { originEnd, originStart, type TextView, viewOf } from './text-view.ts';

const maxDecoded = 48;
const maxDepth = 3;
const minRun = 24;

/** Private data inside runs of base64 and hex: the whole run counts as the value. */
export function findEncoded(
  view: TextView,
  known: readonly Candidate[],
  meter: ScanMeter | undefined,
): readonly Candidate[] {
  if (view.text.length < minRun) return [];
  const found: Candidate[] = [];
  let left = maxDecoded;
  for (const run of findEncodedRuns(view.text, meter)) {
    if (left === 0 || run.decoded === undefined || isMedia(view.text, run.start)) continue;
    const place = {
      start: originStart(view, run.start),
      end: originEnd(view, withPadding(view.text, run.end)),
    };
    if (known.some((entry) => entry.start < place.end && place.start < entry.end)) continue;
    left -= 1;
    const inner = strongest(run, 1, meter);
    if (inner !== undefined) found.push({ ...inner, ...place, detail: inner.detail ?? 'encoded' });
  }
  return found;
}

/** The best candidate inside a run, looking into runs inside it. */
function strongest(run: EncodedRun, depth: number, meter: ScanMeter | undefined): Candidate | undefined {
  const view = viewOf(run.decoded ?? '');
  const direct = searchView(view, 'all', meter).filter(isSure);
  const best = direct.reduce<Candidate | undefined>(
    (kept, entry) => (kept === undefined || entry.confidence > kept.confidence ? entry : kept),
    undefined,
  );
  if (best !== undefined || depth >= maxDepth) return best;
  for (const inner of findEncodedRuns(view.text, meter).slice(0, 4)) {
    const found = inner.decoded === undefined ? undefined : strongest(inner, depth + 1, meter);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names and loose numbers inside decoded bytes are chance. */
function isSure({ type, confidence, proof }: Candidate): boolean {
  if (classOf(type) === 'secret') return confidence >= 0.85;
  return confidence >= 0.9 && proof > 0 && type !== 'PERSON';
}

function withPadding(text: string, end: number): number {
  let at = end;
  while (at < end + 2 && codeAt(text, at) === 0x3d) at += 1;
  return at;
}

/** `data:image/png;base64,` and other media are not looked into. */
function isMedia(text: string, start: number): boolean {
  const head = text.slice(Math.max(0, start - 40), start);
  return head.endsWith('base64,') && /data:(?:image|audio|video|font)\//.test(head);
}

import type { Finding } from '@sallyport/detection';
import { isJsonObject } from '@sallyport/mcp';

/** Stands where something was taken out. */
export const removed = '[removed]';

/** The detector tells no more than five of a kind in one text. */
export const manyHits = 5;

type Place = Pick<Finding, 'path' | 'part' | 'start' | 'end'>;

/**
 * A copy of a JSON value without the spans of the findings; `undefined` where one of them has no span that could be taken
 * out, so that the whole must not go on.
 */
export function maskSpans(value: unknown, findings: readonly Place[]): unknown {
  const holder = { value: structuredClone(value) };
  const byPlace = new Map<string, Place[]>();
  for (const finding of findings) {
    if (finding.end <= finding.start) return undefined;
    const place = `${finding.part} ${finding.path}`;
    const known = byPlace.get(place);
    if (known) known.push(finding);
    else byPlace.set(place, [finding]);
  }
  // Names last: until then every path leads where it led.
  const places = [...byPlace.values()].sort((a, b) => rank(a) - rank(b));
  for (const spans of places) if (!maskPlace(holder, spans)) return undefined;
  return holder.value;
}

/** Values first; of names the deepest first. */
function rank([first]: readonly Place[]): number {
  return first?.part === 'name' ? 1_000 - first.path.split('/').length : 0;
}

function maskPlace(holder: { value: unknown }, spans: readonly Place[]): boolean {
  const [first] = spans;
  // A rule tells its first hits in a text: where it stopped telling, nothing of the text can stay.
  const taken = spans.length >= manyHits ? [{ start: 0, end: Number.MAX_SAFE_INTEGER }] : spans;
  const parts = (first?.path ?? '').split('/').slice(1).map(unescapePart);
  let parent: Record<string, unknown> = holder as Record<string, unknown>;
  let key = 'value';
  for (const part of parts) {
    const next = parent[key];
    if (typeof next !== 'object' || next === null || !Object.hasOwn(next, part)) return false;
    parent = next as Record<string, unknown>;
    key = part;
  }
  if (first?.part === 'name') return renameMember(parent, key, maskText(key, taken));
  const text = parent[key];
  if (typeof text !== 'string') return false;
  parent[key] = maskText(text, taken);
  return true;
}

function renameMember(parent: Record<string, unknown>, key: string, name: string): boolean {
  if (!isJsonObject(parent) || !Object.hasOwn(parent, key)) return false;
  const entries = Object.entries(parent);
  for (const known of Object.keys(parent)) delete parent[known];
  for (const [known, member] of entries) parent[known === key ? freeName(parent, name) : known] = member;
  return true;
}

/** A name that nothing in the object has. */
export function freeName(taken: Readonly<Record<string, unknown>>, name: string): string {
  let free = name;
  for (let count = 2; Object.hasOwn(taken, free); count += 1) free = `${name}_${count}`;
  return free;
}

/** The text without its spans, which may overlap. */
export function maskText(text: string, spans: readonly Pick<Place, 'start' | 'end'>[]): string {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { start, end } of sorted) {
    if (end <= at) continue;
    if (start > at || at === 0) out += text.slice(at, Math.max(at, start)) + removed;
    at = end;
  }
  return out + text.slice(at);
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

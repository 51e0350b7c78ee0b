/** Where the evidence stands inside the excerpt of a finding. */
export interface MarkedExcerpt {
  readonly start: number;
  readonly end: number;
}

/** Detection shows this much of the text around a find, and at most so much of the find itself. */
const contextUnits = 48;
const maxSpanUnits = 160;

interface Excerpted {
  readonly excerpt: string;
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** One character of the text as the excerpt writes it: `⟨U+200B⟩` stands for one that does not show. */
interface Unit {
  readonly at: number;
  readonly width: number;
}

function unitsOf(excerpt: string): readonly Unit[] {
  const units: Unit[] = [];
  for (const match of excerpt.matchAll(/⟨U\+([0-9A-F]{4,6})⟩|[\s\S]/g)) {
    const unit = { at: match.index, width: match[0].length };
    units.push(unit);
    // What takes two units in the text takes two here.
    if (match[1] !== undefined && Number.parseInt(match[1], 16) > 0xffff) units.push(unit);
  }
  return units;
}

/**
 * The evidence within its excerpt, counted back from the offsets in the text; null where the excerpt is something else
 * (decoded text, a count, a masked secret).
 */
export function markEvidence({ excerpt, start, end }: Excerpted): MarkedExcerpt | null {
  if (typeof start !== 'number' || typeof end !== 'number' || end <= start) return null;
  if (/•{8} \(\d+ characters\)$/.test(excerpt)) return null;
  const isCutBefore = excerpt.startsWith('…') && start > 0;
  const isCutAfter = excerpt.endsWith('…') && excerpt.length > 1;
  const from = isCutBefore ? 1 : 0;
  const units = unitsOf(excerpt.slice(from, isCutAfter ? -1 : undefined));
  const length = Math.min(end - start, maxSpanUnits);
  const before = units.length === length ? 0 : isCutBefore ? contextUnits : start;
  const after = units.length - before - length;
  const isAsCut = !isCutAfter || units.length === length || after === contextUnits;
  if (!isContext(before) || !isContext(after) || !isAsCut) return null;
  const first = units[before];
  const last = units[before + length - 1];
  return first && last ? { start: from + first.at, end: from + last.at + last.width } : null;
}

function isContext(count: number): boolean {
  return count >= 0 && count <= contextUnits;
}

/** Something that can be found by typing. */
export interface Findable {
  readonly id: string;
  readonly label: string;
  /** More words that find it, less well than its label. */
  readonly keywords?: string | undefined;
}

const startOfText = 60;
const startOfWord = 30;
const inARow = 15;
const anywhere = 4;

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  const isPart = (before >= 0x61 && before <= 0x7a) || (before >= 0x30 && before <= 0x39) || before > 0x7f;
  return !isPart;
}

/** How well all letters of the query, in their order, stand in the text; null when one is missing. */
export function scoreText(query: string, text: string): number | null {
  const at = text.indexOf(query);
  if (at === 0) return startOfText + query.length * inARow - text.length * 0.05;
  if (at > 0) return (isWordStart(text, at) ? startOfWord : anywhere) + query.length * inARow - at * 0.1;
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of query) {
    if (letter === ' ') continue;
    const found = findBest(text, letter, from);
    if (found < 0) return null;
    if (found === last + 1) score += inARow * 0.6;
    else score += isWordStart(text, found) ? startOfWord * 0.4 : anywhere * 0.5 - (found - from) * 0.2;
    last = found;
    from = found + 1;
  }
  return score;
}

/** The next place of a letter; the start of a word is better than the middle of one that is only a little nearer. */
function findBest(text: string, letter: string, from: number): number {
  const first = text.indexOf(letter, from);
  if (first < 0 || first === from || isWordStart(text, first)) return first;
  for (
    let at = text.indexOf(letter, first + 1);
    at >= 0 && at < first + 24;
    at = text.indexOf(letter, at + 1)
  ) {
    if (isWordStart(text, at)) return at;
  }
  return first;
}

const recentBonus = 60;

/** The best of many for a query, best first; what was used lately comes before what was not. */
export function fuzzyRank<Item extends Findable>(
  items: readonly Item[],
  query: string,
  recent: readonly string[],
  limit: number,
): readonly Item[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return items.slice(0, limit);
  const places = new Map(recent.map((id, place) => [id, place]));
  const scored: { readonly item: Item; readonly score: number }[] = [];
  for (const item of items) {
    const own = scoreText(wanted, item.label.toLowerCase());
    const other = item.keywords === undefined ? null : scoreText(wanted, item.keywords.toLowerCase());
    const best = Math.max(own ?? Number.NEGATIVE_INFINITY, (other ?? Number.NEGATIVE_INFINITY) - 12);
    if (best < minScore(wanted)) continue;
    const place = places.get(item.id);
    scored.push({ item, score: place === undefined ? best : best + recentBonus - place });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.item.label.length - b.item.label.length)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** Letters scattered over a long text are no hit. */
function minScore(query: string): number {
  return Math.min(query.length, 4);
}

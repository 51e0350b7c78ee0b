import type { PatternElem } from '@cedar-policy/cedar-wasm';

/** Literals longer than this are searched with a failure table, so no text makes the search quadratic. */
const maxPlainSearch = 32;

type FindFrom = (text: string, from: number) => number;

interface Segment {
  readonly literal: string;
  readonly findFrom: FindFrom;
}

/** Compiles a Cedar `like` pattern to a test in linear time. */
export function compileLike(pattern: readonly PatternElem[]): (text: string) => boolean {
  const literals = [''];
  for (const element of pattern) {
    if (element === 'Wildcard') literals.push('');
    else literals[literals.length - 1] = `${literals.at(-1) ?? ''}${element.Literal}`;
  }
  const first = literals[0] ?? '';
  if (literals.length === 1) return (text) => text === first;
  const last = literals.at(-1) ?? '';
  const middle = literals
    .slice(1, -1)
    .filter((literal) => literal !== '')
    .map(segmentOf);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
      return false;
    let from = first.length;
    for (const segment of middle) {
      const found = segment.findFrom(text, from);
      if (found === -1) return false;
      from = found + segment.literal.length;
    }
    return from <= text.length - last.length;
  };
}

function segmentOf(literal: string): Segment {
  if (literal.length <= maxPlainSearch) {
    return { literal, findFrom: (text, from) => text.indexOf(literal, from) };
  }
  const table = failureTable(literal);
  return { literal, findFrom: (text, from) => search({ text, from, literal, table }) };
}

/** Knuth, Morris and Pratt: for each prefix, the length of its longest proper border. */
function failureTable(literal: string): Uint32Array {
  const table = new Uint32Array(literal.length);
  let border = 0;
  for (let at = 1; at < literal.length; at += 1) {
    while (border > 0 && literal.charCodeAt(at) !== literal.charCodeAt(border))
      border = table[border - 1] ?? 0;
    if (literal.charCodeAt(at) === literal.charCodeAt(border)) border += 1;
    table[at] = border;
  }
  return table;
}

function search(input: {
  readonly text: string;
  readonly from: number;
  readonly literal: string;
  readonly table: Uint32Array;
}): number {
  const { text, literal, table } = input;
  let matched = 0;
  for (let at = input.from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && unit !== literal.charCodeAt(matched)) matched = table[matched - 1] ?? 0;
    if (unit === literal.charCodeAt(matched)) matched += 1;
    if (matched === literal.length) return at - matched + 1;
  }
  return -1;
}

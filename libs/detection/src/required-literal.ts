const minLiteral = 3;

/**
 * The longest text that every match of a pattern holds, as far as that is easy to see: plain characters outside of
 * groups, classes and alternatives. `undefined` when there is none, or case does not matter.
 */
export function requiredLiteral(pattern: string): string | undefined {
  if (/\(\?[a-zA-Z-]*i/.test(pattern)) return undefined;
  const runs = literalRuns(pattern);
  const best = runs?.reduce((longest, run) => (run.length > longest.length ? run : longest), '') ?? '';
  return best.length >= minLiteral ? best : undefined;
}

/** Runs of characters that stand in every match; `undefined` where there are alternatives at the top. */
function literalRuns(pattern: string): readonly string[] | undefined {
  const runs: string[] = [''];
  for (let at = 0; at < pattern.length; ) {
    const piece = readPiece(pattern, at);
    if (piece.kind === 'alternative') return undefined;
    const mark = pattern.charAt(piece.end);
    const isRepeated = mark !== '' && '?*{+'.includes(mark);
    if (piece.kind === 'literal' && (!isRepeated || mark === '+'))
      runs.push(`${runs.pop() ?? ''}${piece.text}`);
    if (piece.kind !== 'literal' || isRepeated) runs.push('');
    at = isRepeated ? quantifierEnd(pattern, piece.end) : piece.end;
  }
  return runs;
}

interface Piece {
  readonly kind: 'literal' | 'other' | 'alternative';
  readonly text: string;
  readonly end: number;
}

function readPiece(pattern: string, at: number): Piece {
  const letter = pattern.charAt(at);
  if (letter === '|') return { kind: 'alternative', text: '', end: at + 1 };
  if (letter === '(') return { kind: 'other', text: '', end: groupEnd(pattern, at) };
  if (letter === '[') return { kind: 'other', text: '', end: classEnd(pattern, at) };
  if (letter === '\\') return readEscape(pattern, at);
  if ('.^$)'.includes(letter)) return { kind: 'other', text: '', end: at + 1 };
  return { kind: 'literal', text: letter, end: at + 1 };
}

function readEscape(pattern: string, at: number): Piece {
  const next = pattern.charAt(at + 1);
  const isPunctuation = next !== '' && !/[A-Za-z0-9]/.test(next);
  if (isPunctuation) return { kind: 'literal', text: next, end: at + 2 };
  const brace = pattern.charAt(at + 2) === '{' ? pattern.indexOf('}', at) : -1;
  // `\Q…\E` and whatever else: nothing is known of the rest.
  if (next === 'Q' || next === 'x') return { kind: 'other', text: '', end: pattern.length };
  return { kind: 'other', text: '', end: brace < 0 ? at + 2 : brace + 1 };
}

function groupEnd(pattern: string, at: number): number {
  let depth = 0;
  for (let i = at; i < pattern.length; i += 1) {
    const letter = pattern.charAt(i);
    if (letter === '\\') i += 1;
    else if (letter === '[') i = classEnd(pattern, i) - 1;
    else if (letter === '(') depth += 1;
    else if (letter === ')') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return pattern.length;
}

function classEnd(pattern: string, at: number): number {
  let from = at + 1;
  if (pattern.charAt(from) === '^') from += 1;
  if (pattern.charAt(from) === ']') from += 1;
  for (let i = from; i < pattern.length; i += 1) {
    if (pattern.charAt(i) === '\\') i += 1;
    else if (pattern.charAt(i) === '[' && pattern.charAt(i + 1) === ':')
      i = Math.max(i, pattern.indexOf(':]', i) + 1);
    else if (pattern.charAt(i) === ']') return i + 1;
  }
  return pattern.length;
}

function quantifierEnd(pattern: string, at: number): number {
  let end = at + 1;
  if (pattern.charAt(at) === '{') {
    const close = pattern.indexOf('}', at);
    end = close < 0 ? pattern.length : close + 1;
  }
  return pattern.charAt(end) === '?' ? end + 1 : end;
}

import { kind, type ModelText } from './model-text.ts';

const maxUnits = 280;
const minUnits = 24;

/**
 * Cuts a text into sentences and lines, none longer than 280 units; very short ones join what follows on the same
 * paragraph. Gives each as `[from, to)` without the white space around it.
 */
export function splitSentences(text: ModelText, emit: (from: number, to: number) => void): void {
  const { kinds, length } = text;
  let from = 0;
  let at = 0;
  const give = (to: number): void => {
    let start = from;
    let end = to;
    while (start < end && isBlank(kinds[start] as number)) start += 1;
    while (end > start && isBlank(kinds[end - 1] as number)) end -= 1;
    if (end > start) emit(start, end);
    from = to;
  };
  while (at < length) {
    const isEnd = endsSentence(text, at);
    at += 1;
    if (isEnd === 2 || (isEnd === 1 && at - from >= minUnits)) give(at);
    else if (at - from >= maxUnits) give(lastGap(text, from, at));
  }
  give(length);
}

function isBlank(charKind: number): boolean {
  return charKind === kind.space || charKind === kind.newline;
}

/** 2: a paragraph or a line ends; 1: a sentence ends; 0: neither. */
function endsSentence({ units, kinds, length }: ModelText, at: number): 0 | 1 | 2 {
  const charKind = kinds[at] as number;
  if (charKind === kind.newline) {
    const next = kinds[at + 1];
    return at + 1 < length && next === kind.newline ? 2 : 1;
  }
  if (charKind !== kind.punctuation) return 0;
  const unit = units[at] as number;
  if (unit === 0x3002 || unit === 0xff01 || unit === 0xff1f) return 1;
  if (unit !== 0x2e && unit !== 0x21 && unit !== 0x3f && unit !== 0x7c && unit !== 0x3b) return 0;
  const next = kinds[at + 1];
  if (at + 1 >= length || next === kind.newline) return 1;
  if (next !== kind.space) return 0;
  return unit === 0x2e && isAbbreviation(units, kinds, at) ? 0 : 1;
}

/** `e.g.`, `i.e.`, `No.` and initials end no sentence. */
function isAbbreviation(units: Uint16Array, kinds: Uint8Array, at: number): boolean {
  const before = kinds[at - 1];
  if (before !== kind.lower && before !== kind.upper) return false;
  const second = kinds[at - 2];
  return at < 2 || units[at - 2] === 0x2e || second === kind.space || second === kind.newline;
}

function lastGap({ kinds }: ModelText, from: number, to: number): number {
  for (let at = to - 1; at > from + maxUnits / 2; at -= 1) if (isBlank(kinds[at] as number)) return at + 1;
  return to;
}

import { type ArgumentView, argumentRule, type NoteHit } from './argument-view.ts';

const evil = argumentRule('regex_exponential', 'Regular expression that can take forever');

interface Group {
  /** An unbounded repeat is the only thing in some branch that takes characters. */
  hasLoneRepeat: boolean;
  readonly start: number;
  repeats: number;
  solid: number;
  branches: Set<string>;
  branchFrom: number;
  hasTwin: boolean;
  /** A repeat of anything at all. */
  hasWild: boolean;
}

const maxPattern = 4_096;
const maxNesting = 64;

/** Finds repeats inside repeats that can match the same text in many ways; one pass with a stack. */
export function checkRegex(view: ArgumentView, note: NoteHit): void {
  const { text } = view;
  if (
    view.role !== 'regex' &&
    !(
      view.role === 'identifier' &&
      /[+*?a-z][)\]][+*{]/.test(text.slice(0, 200)) &&
      /[|+*]/.test(text.slice(0, 200))
    )
  )
    return;
  const pattern = text.slice(0, maxPattern);
  const stack: Group[] = [newGroup(0)];
  for (let at = 0; at < pattern.length; ) at = step(pattern, at, stack, note);
}

function newGroup(start: number): Group {
  return {
    hasLoneRepeat: false,
    start,
    repeats: 0,
    solid: 0,
    branches: new Set(),
    branchFrom: start,
    hasTwin: false,
    hasWild: false,
  };
}

function step(pattern: string, at: number, stack: Group[], note: NoteHit): number {
  const top = stack.at(-1) as Group;
  const letter = pattern.charAt(at);
  if (letter === '(' && stack.length < maxNesting) {
    stack.push(newGroup(groupBody(pattern, at)));
    return stack.at(-1)?.start ?? at + 1;
  }
  if (letter === ')' && stack.length > 1) return closeGroup(pattern, at, stack, note);
  if (letter === '|') {
    endBranch(top, pattern, at);
    return at + 1;
  }
  const end = atomEnd(pattern, at);
  const quantifier = quantifierAt(pattern, end);
  countAtom(top, quantifier);
  if (
    letter === '.' &&
    quantifier.isUnbounded &&
    pattern.slice(end + quantifier.size, end + quantifier.size + 2) !== '\\n'
  )
    top.hasWild = true;
  return end + quantifier.size;
}

function groupBody(pattern: string, at: number): number {
  if (pattern.charAt(at + 1) !== '?') return at + 1;
  const close = pattern.slice(at, at + 40).search(/[:=!>]/);
  return close < 0 ? at + 2 : at + close + 1;
}

function atomEnd(pattern: string, at: number): number {
  const letter = pattern.charAt(at);
  if (letter === '\\') return Math.min(pattern.length, at + 2);
  if (letter !== '[') return at + 1;
  for (let i = at + 1; i < pattern.length; i += 1) {
    if (pattern.charAt(i) === '\\') i += 1;
    else if (pattern.charAt(i) === ']' && i > at + 1) return i + 1;
  }
  return pattern.length;
}

interface Quantifier {
  readonly size: number;
  readonly isUnbounded: boolean;
  readonly isOptional: boolean;
}

const once: Quantifier = { size: 0, isUnbounded: false, isOptional: false };

function quantifierAt(pattern: string, at: number): Quantifier {
  const letter = pattern.charAt(at);
  const lazy = pattern.charAt(at + 1);
  const tail = lazy === '?' ? 1 : 0;
  // A possessive repeat gives nothing back.
  if (lazy === '+' && letter !== '{' && letter !== '')
    return '*+?'.includes(letter) ? { ...once, size: 2 } : once;
  if (letter === '*') return { size: 1 + tail, isUnbounded: true, isOptional: true };
  if (letter === '+') return { size: 1 + tail, isUnbounded: true, isOptional: false };
  if (letter === '?') return { size: 1 + tail, isUnbounded: false, isOptional: true };
  const braces = letter === '{' ? /^\{([0-9]{0,5})(,([0-9]{0,5}))?\}/.exec(pattern.slice(at, at + 16)) : null;
  if (!braces) return once;
  const most =
    braces[2] === undefined
      ? Number(braces[1])
      : braces[3] === ''
        ? Number.POSITIVE_INFINITY
        : Number(braces[3]);
  return { size: braces[0].length, isUnbounded: most >= 10, isOptional: Number(braces[1]) === 0 };
}

function countAtom(group: Group, { isUnbounded, isOptional }: Quantifier): void {
  if (isUnbounded) group.repeats += 1;
  else if (!isOptional) group.solid += 1;
}

function endBranch(group: Group, pattern: string, at: number): void {
  if (group.repeats > 0 && group.solid === 0) group.hasLoneRepeat = true;
  const branch = pattern.slice(group.branchFrom, Math.min(at, group.branchFrom + 40));
  const twin = [...group.branches].some(
    (other) =>
      other === branch ||
      (branch !== '' && other !== '' && (branch.startsWith(other) || other.startsWith(branch))),
  );
  group.hasTwin ||= twin;
  if (group.branches.size < 16) group.branches.add(branch);
  group.branchFrom = at + 1;
  group.repeats = 0;
  group.solid = 0;
}

function closeGroup(pattern: string, at: number, stack: Group[], note: NoteHit): number {
  const group = stack.pop() as Group;
  const outer = stack.at(-1) as Group;
  endBranch(group, pattern, at);
  const quantifier = quantifierAt(pattern, at + 1);
  if (quantifier.isUnbounded && (group.hasLoneRepeat || (group.hasTwin && group.branches.size > 0))) {
    note(evil, group.start, at + 1 + quantifier.size, group.hasLoneRepeat ? 0.9 : 0.8);
  } else if (quantifier.isUnbounded && group.hasWild) note(evil, group.start, at + 1 + quantifier.size, 0.7);
  if (group.hasLoneRepeat && !quantifier.isOptional) outer.repeats += 1;
  else countAtom(outer, quantifier);
  return at + 1 + quantifier.size;
}

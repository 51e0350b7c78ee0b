import { codeAt } from './characters.ts';
import type { ScanMeter } from './finding.ts';
import { asciiFold, type FoldedText } from './normalize.ts';

export { codeAt };

/** Receives each literal found: its number and the span in the original text. */
export type LiteralSink = (literal: number, start: number, end: number) => void;

/**
 * Finds many literals in one pass (Aho–Corasick as a full transition table). Literals are folded ASCII of at most 63
 * units; one that begins or ends with a letter or digit matches at word edges only, unless it ends with `*`.
 */
export interface Automaton {
  /** By state and class of unit: the next state, and `hasOutput` where a literal ends in it. */
  readonly next: Uint16Array;
  /** Class of a plain ASCII unit once folded; `noClass` for a control character, which is not plain. */
  readonly plainClass: Uint8Array;
  /** Class of a folded unit. */
  readonly foldedClass: Uint8Array;
  /** First output of a state, or -1. */
  readonly firstOutput: Int32Array;
  readonly outputLiteral: Int32Array;
  readonly outputNext: Int32Array;
  readonly lengths: Uint8Array;
  /** Width of a row as a power of two. */
  readonly shift: number;
  /** Bit 0: needs an edge at its start; bit 1: at its end. */
  readonly edges: Uint8Array;
}

/** Classes of units: every unit that occurs in a literal has its own, all others share class 0; rows are that wide. */
const narrowShift = 6;
const wideShift = 7;
const noClass = 255;
const hasOutput = 0x8000;
const stateMask = 0x7fff;
const ringMask = 63;
/** Longest literal: the ring of positions must reach back to its start. */
const maxLiteralLength = ringMask;

const isWord: Uint8Array = Uint8Array.from({ length: 256 }, (_, unit) =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) ? 1 : 0,
);

/** Builds the automaton of a list of literals. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const trie = createTrie(literals);
  const foldedClass = classesOf(literals);
  const shift = Math.max(...foldedClass) < 1 << narrowShift ? narrowShift : wideShift;
  const { next, fail, order } = completeTable(trie.children, foldedClass, shift);
  const outputs = linkOutputs(trie.ends, fail, order);
  for (let at = 0; at < next.length; at += 1) {
    const state = next[at] as number;
    if ((outputs.firstOutput[state] as number) >= 0) next[at] = state | hasOutput;
  }
  return {
    next,
    shift,
    foldedClass,
    plainClass: Uint8Array.from(asciiFold, (folded, unit) =>
      folded < 32 || unit === 127 ? noClass : (foldedClass[folded] as number),
    ),
    ...outputs,
    lengths: Uint8Array.from(literals, (literal) => bare(literal).length),
    edges: Uint8Array.from(literals, edgesOf),
  };
}

/** Gives every unit of the literals a class, and the space always one: runs of it are joined. */
function classesOf(literals: readonly string[]): Uint8Array {
  const classes = new Uint8Array(128);
  let count = 1;
  for (const unit of new Set(` ${literals.map(bare).join('')}`)) classes[unit.charCodeAt(0)] = count++;
  return classes;
}

function bare(literal: string): string {
  return literal.endsWith('*') ? literal.slice(0, -1) : literal;
}

function edgesOf(literal: string): number {
  const text = bare(literal);
  const atStart = isWord[text.charCodeAt(0)] ?? 0;
  const atEnd = literal.endsWith('*') ? 0 : (isWord[text.charCodeAt(text.length - 1)] ?? 0);
  return atStart | (atEnd << 1);
}

interface Trie {
  readonly children: readonly ReadonlyMap<number, number>[];
  /** Literals that end in a state. */
  readonly ends: readonly (readonly number[])[];
}

function createTrie(literals: readonly string[]): Trie {
  const children: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  literals.forEach((literal, number) => {
    const text = bare(literal);
    if (text.length === 0 || text.length > maxLiteralLength)
      throw new RangeError(`literal length: ${literal}`);
    let state = 0;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (asciiFold[unit] !== unit) throw new RangeError(`literal is not folded: ${literal}`);
      let child = children[state]?.get(unit);
      if (child === undefined) {
        child = children.push(new Map()) - 1;
        ends.push([]);
        children[state]?.set(unit, child);
      }
      state = child;
    }
    ends[state]?.push(number);
  });
  return { children, ends };
}

interface Table {
  readonly next: Uint16Array;
  readonly fail: Int32Array;
  /** States by depth. */
  readonly order: readonly number[];
}

function completeTable(children: Trie['children'], classes: Uint8Array, shift: number): Table {
  const width = 1 << shift;
  if (children.length > stateMask) throw new RangeError(`${children.length} states, at most ${stateMask}`);
  const next = new Uint16Array(children.length * width);
  const fail = new Int32Array(children.length);
  const order: number[] = [0];
  for (const state of order) {
    const below = fail[state] ?? 0;
    // A state's row starts as its failure state's row; its own children override.
    if (state !== 0) next.copyWithin(state * width, below * width, (below + 1) * width);
    for (const [unit, child] of children[state] ?? []) {
      const at = classes[unit] as number;
      fail[child] = state === 0 ? 0 : (next[below * width + at] ?? 0);
      next[state * width + at] = child;
      order.push(child);
    }
  }
  return { next, fail, order };
}

function linkOutputs(ends: Trie['ends'], fail: Int32Array, order: readonly number[]) {
  const firstOutput = new Int32Array(ends.length).fill(-1);
  const outputLiteral: number[] = [];
  const outputNext: number[] = [];
  for (const state of order) {
    let head = state === 0 ? -1 : (firstOutput[fail[state] ?? 0] ?? -1);
    for (const literal of ends[state] ?? []) {
      outputNext.push(head);
      head = outputLiteral.push(literal) - 1;
    }
    firstOutput[state] = head;
  }
  return {
    firstOutput,
    outputLiteral: Int32Array.from(outputLiteral),
    outputNext: Int32Array.from(outputNext),
  };
}

const ring = new Int32Array(ringMask + 1);

/**
 * Scans plain ASCII text; stops at the first unit that is not (a control character counts as such).
 * @returns false when it stopped: fold the text and scan that instead; hits given before must be dropped.
 */
export function scanAscii(automaton: Automaton, text: string, sink: LiteralSink): boolean {
  const { next, plainClass, shift } = automaton;
  const space = plainClass[32] as number;
  const { length } = text;
  let state = 0;
  let count = 0;
  let before = noClass;
  for (let i = 0; i < length; i += 1) {
    const unit = codeAt(text, i);
    if (unit > 126) return false;
    const kind = plainClass[unit] as number;
    if (kind === noClass) return false;
    // One test, nearly never true: two would be guessed wrong at every word.
    if (((kind ^ space) | (before ^ space)) === 0) continue;
    before = kind;
    ring[count & ringMask] = i;
    count += 1;
    const entry = next[(state << shift) + kind] as number;
    state = entry & stateMask;
    if (entry >= hasOutput) emitAscii({ automaton, text, state, count, at: i, sink });
  }
  return true;
}

interface AsciiHit {
  readonly automaton: Automaton;
  readonly text: string;
  readonly state: number;
  readonly count: number;
  readonly at: number;
  readonly sink: LiteralSink;
}

function emitAscii({ automaton, text, state, count, at, sink }: AsciiHit): void {
  const endsWord = isWord[codeAt(text, at + 1)] === 1;
  for (let out = automaton.firstOutput[state] ?? -1; out >= 0; out = automaton.outputNext[out] ?? -1) {
    const literal = automaton.outputLiteral[out] ?? 0;
    const edges = automaton.edges[literal] ?? 0;
    if (endsWord && (edges & 2) !== 0) continue;
    const start = ring[(count - (automaton.lengths[literal] ?? 0)) & ringMask] ?? 0;
    if ((edges & 1) !== 0 && start > 0 && isWord[codeAt(text, start - 1)] === 1) continue;
    sink(literal, start, at + 1);
  }
}

/** Scans a folded text; spans are given in the original. */
export function scanFolded(automaton: Automaton, folded: FoldedText, sink: LiteralSink): void {
  const { next, firstOutput, foldedClass, shift } = automaton;
  const { codes, offsets, length } = folded;
  let state = 0;
  for (let i = 0; i < length; i += 1) {
    const entry = next[(state << shift) + (foldedClass[codes[i] as number] as number)] as number;
    state = entry & stateMask;
    if (entry < hasOutput) continue;
    for (let out = firstOutput[state] as number; out >= 0; out = automaton.outputNext[out] as number) {
      const literal = automaton.outputLiteral[out] as number;
      const from = i + 1 - (automaton.lengths[literal] as number);
      const edges = automaton.edges[literal] as number;
      if ((edges & 2) !== 0 && i + 1 < length && isWord[codes[i + 1] as number] === 1) continue;
      if ((edges & 1) !== 0 && from > 0 && isWord[codes[from - 1] as number] === 1) continue;
      sink(literal, offsets[from] as number, offsets[i + 1] as number);
    }
  }
}

/** Adds the work of one pass to a meter. */
export function countSteps(meter: ScanMeter | undefined, steps: number): void {
  if (meter) meter.steps += steps;
}

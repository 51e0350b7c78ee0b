import type { ScanMeter } from './finding.ts';
import { asciiFold, type FoldedText } from './normalize.ts';

/** Receives each literal found: its number and the span in the original text. */
export type LiteralSink = (literal: number, start: number, end: number) => void;

/**
 * Finds many literals in one pass (Aho–Corasick as a full transition table). Literals are folded ASCII of at most 63
 * units; one that begins or ends with a letter or digit matches at word edges only, unless it ends with `*`.
 */
export interface Automaton {
  readonly next: Uint16Array;
  /** First output of a state, or -1. */
  readonly firstOutput: Int32Array;
  readonly outputLiteral: Int32Array;
  readonly outputNext: Int32Array;
  readonly lengths: Uint8Array;
  /** Bit 0: needs an edge at its start; bit 1: at its end. */
  readonly edges: Uint8Array;
}

const width = 128;
const ringMask = 63;
/** Longest literal: the ring of positions must reach back to its start. */
const maxLiteralLength = ringMask;

const isWord: Uint8Array = Uint8Array.from({ length: 256 }, (_, unit) =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) ? 1 : 0,
);

/** Builds the automaton of a list of literals. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const trie = createTrie(literals);
  const { next, fail, order } = completeTable(trie.children);
  const outputs = linkOutputs(trie.ends, fail, order);
  return {
    next,
    ...outputs,
    lengths: Uint8Array.from(literals, (literal) => bare(literal).length),
    edges: Uint8Array.from(literals, edgesOf),
  };
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

function completeTable(children: Trie['children']): Table {
  const next = new Uint16Array(children.length * width);
  const fail = new Int32Array(children.length);
  const order: number[] = [0];
  for (const state of order) {
    const below = fail[state] ?? 0;
    // A state's row starts as its failure state's row; its own children override.
    if (state !== 0) next.copyWithin(state * width, below * width, (below + 1) * width);
    for (const [unit, child] of children[state] ?? []) {
      fail[child] = state === 0 ? 0 : (next[below * width + unit] ?? 0);
      next[state * width + unit] = child;
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
  const { next, firstOutput } = automaton;
  let state = 0;
  let count = 0;
  let wasSpace = false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 126) return false;
    const folded = asciiFold[unit] as number;
    if (folded < 32) return false;
    if (folded === 32) {
      if (wasSpace) continue;
      wasSpace = true;
    } else wasSpace = false;
    ring[count & ringMask] = i;
    count += 1;
    state = next[state * width + folded] as number;
    if ((firstOutput[state] as number) >= 0) emitAscii({ automaton, text, state, count, at: i, sink });
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
  const endsWord = isWord[text.charCodeAt(at + 1)] === 1;
  for (let out = automaton.firstOutput[state] ?? -1; out >= 0; out = automaton.outputNext[out] ?? -1) {
    const literal = automaton.outputLiteral[out] ?? 0;
    const edges = automaton.edges[literal] ?? 0;
    if (endsWord && (edges & 2) !== 0) continue;
    const start = ring[(count - (automaton.lengths[literal] ?? 0)) & ringMask] ?? 0;
    if ((edges & 1) !== 0 && start > 0 && isWord[text.charCodeAt(start - 1)] === 1) continue;
    sink(literal, start, at + 1);
  }
}

/** Scans a folded text; spans are given in the original. */
export function scanFolded(automaton: Automaton, folded: FoldedText, sink: LiteralSink): void {
  const { next, firstOutput } = automaton;
  const { codes, offsets, length } = folded;
  let state = 0;
  for (let i = 0; i < length; i += 1) {
    state = next[state * width + (codes[i] as number)] as number;
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

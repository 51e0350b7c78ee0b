import type { LiteralSink } from './automaton.ts';
import { codeAt, hiddenKind } from './characters.ts';

/** Finds many literals of other scripts in one pass: few of their letters begin one, so most are a single look-up. */
export interface WideAutomaton {
  /** By UTF-16 unit as it stands in a text: the state after it, from the start; 0 for none. */
  readonly root: Uint16Array;
  /** The lowest unit that begins a literal: whatever is below is stepped over without a look. */
  readonly firstUnit: number;
  readonly children: readonly ReadonlyMap<number, number>[];
  readonly fail: Int32Array;
  readonly outputs: readonly (readonly number[])[];
  readonly lengths: readonly number[];
}

const maxLength = 63;

/** Builds the automaton; literals are lower case with single spaces. */
export function buildWideAutomaton(literals: readonly string[]): WideAutomaton {
  const children: Map<number, number>[] = [new Map()];
  const outputs: number[][] = [[]];
  literals.forEach((literal, number) => {
    if (literal.length === 0 || literal.length > maxLength)
      throw new RangeError(`literal length: ${literal}`);
    let state = 0;
    for (let i = 0; i < literal.length; i += 1) {
      const unit = literal.charCodeAt(i);
      let child = children[state]?.get(unit);
      if (child === undefined) {
        child = children.push(new Map()) - 1;
        outputs.push([]);
        children[state]?.set(unit, child);
      }
      state = child;
    }
    outputs[state]?.push(number);
  });
  const root = new Uint16Array(65_536);
  const first = new Uint16Array(65_536);
  for (const [unit, child] of children[0] ?? []) first[unit] = child;
  for (let unit = 0; unit < root.length; unit += 1) root[unit] = first[folds[unit] as number] as number;
  const fail = linkFailures(children, outputs);
  const firstUnit = root.findIndex((state) => state !== 0);
  return {
    root,
    firstUnit: firstUnit < 0 ? root.length : firstUnit,
    children,
    fail,
    outputs,
    lengths: literals.map(({ length }) => length),
  };
}

function linkFailures(children: readonly ReadonlyMap<number, number>[], outputs: number[][]): Int32Array {
  const fail = new Int32Array(children.length);
  const order = [0];
  for (const state of order) {
    for (const [unit, child] of children[state] ?? []) {
      order.push(child);
      if (state === 0) continue;
      fail[child] = stepFrom(children, fail, fail[state] ?? 0, unit);
      outputs[child]?.push(...(outputs[fail[child] ?? 0] ?? []));
    }
  }
  return fail;
}

/** The state after one more unit: the longest beginning of a literal that the text still ends with. */
function stepFrom(children: WideAutomaton['children'], fail: Int32Array, from: number, unit: number): number {
  for (let state = from; ; state = fail[state] ?? 0) {
    const next = children[state]?.get(unit);
    if (next !== undefined) return next;
    if (state === 0) return 0;
  }
}

const ring = new Int32Array(maxLength + 1);

/** The next unit that begins a literal: nearly none does, and nothing is kept of the others. */
function nextStart(text: string, from: number, { root, firstUnit }: WideAutomaton): number {
  const { length } = text;
  let at = from;
  for (; at < length; at += 1) {
    const unit = codeAt(text, at);
    if (unit >= firstUnit && root[unit] !== 0) break;
  }
  return at;
}

/** Scans a text; what does not show is stepped over, white space is joined, Cyrillic is lower-cased. */
export function scanWide(automaton: WideAutomaton, text: string, sink: LiteralSink): void {
  const { children, fail, outputs, lengths } = automaton;
  const { length } = text;
  let state = 0;
  let count = 0;
  let before = 0;
  for (let i = 0; i < length; i += 1) {
    if (state === 0) {
      i = nextStart(text, i, automaton);
      if (i >= length) return;
    }
    const unit = folds[codeAt(text, i)] as number;
    if (unit === 0 || (unit === 0x20 && before === 0x20)) continue;
    before = unit;
    ring[count & maxLength] = i;
    count += 1;
    state = stepFrom(children, fail, state, unit);
    if (state === 0) continue;
    for (const literal of outputs[state] as readonly number[]) {
      sink(literal, ring[(count - (lengths[literal] as number)) & maxLength] as number, i + 1);
    }
  }
}

/** Folded units below U+0660: lower case, white space as a space, 0 for what does not show. */
const lowFolds: Uint16Array = Uint16Array.from({ length: 0x660 }, (_, unit) => foldLow(unit));

function foldLow(unit: number): number {
  if (unit < 0x80) return unit <= 0x20 ? 0x20 : String.fromCharCode(unit).toLowerCase().charCodeAt(0);
  if (unit >= 0x400 && unit <= 0x42f) return unit + (unit < 0x410 ? 80 : 32);
  // Short vowels of Arabic and the stroke that stretches a word.
  if ((unit >= 0x64b && unit <= 0x652) || unit === 0x640) return 0;
  return unit === 0xa0 ? 0x20 : hiddenKind(unit) === undefined ? unit : 0;
}

function foldUnit(unit: number): number {
  if (unit < 0x660) return lowFolds[unit] as number;
  if (unit === 0x3000) return 0x20;
  // Letters of the far east; nothing between hides.
  if (unit >= 0x3041 && unit <= 0xd7ff && unit !== 0x3164) return unit;
  return hiddenKind(unit) === undefined ? unit : 0;
}

/** By UTF-16 unit: `foldUnit`. */
const folds: Uint16Array = Uint16Array.from({ length: 65_536 }, (_, unit) => foldUnit(unit));

/** A literal as `scanWide` sees texts. */
export function foldWide(literal: string): string {
  let out = '';
  for (let i = 0; i < literal.length; i += 1) {
    const unit = folds[literal.charCodeAt(i)] as number;
    if (unit !== 0) out += String.fromCharCode(unit);
  }
  return out;
}

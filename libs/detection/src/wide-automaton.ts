import type { LiteralSink } from './automaton.ts';
import { hiddenKind } from './characters.ts';

/** Finds many literals of other scripts in one pass: few of their letters begin one, so most are a single look-up. */
export interface WideAutomaton {
  /** By UTF-16 unit: the state after it, from the start; 0 for none. */
  readonly root: Uint16Array;
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
  for (const [unit, child] of children[0] ?? []) root[unit] = child;
  const fail = linkFailures(children, outputs);
  return { root, children, fail, outputs, lengths: literals.map(({ length }) => length) };
}

function linkFailures(children: readonly ReadonlyMap<number, number>[], outputs: number[][]): Int32Array {
  const fail = new Int32Array(children.length);
  const order = [0];
  for (const state of order) {
    for (const [unit, child] of children[state] ?? []) {
      order.push(child);
      if (state === 0) continue;
      let below = fail[state] ?? 0;
      while (below !== 0 && !children[below]?.has(unit)) below = fail[below] ?? 0;
      fail[child] = children[below]?.get(unit) ?? 0;
      outputs[child]?.push(...(outputs[fail[child] ?? 0] ?? []));
    }
  }
  return fail;
}

const ring = new Int32Array(maxLength + 1);

/** Scans a text; what does not show is stepped over, white space is joined, Cyrillic is lower-cased. */
export function scanWide(automaton: WideAutomaton, text: string, sink: LiteralSink): void {
  const { root, children, fail, outputs, lengths } = automaton;
  let state = 0;
  let count = 0;
  let before = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = foldUnit(text.charCodeAt(i));
    if (unit === 0 || (unit === 0x20 && before === 0x20)) continue;
    before = unit;
    ring[count & maxLength] = i;
    count += 1;
    if (state === 0) state = root[unit] ?? 0;
    else {
      while (state !== 0 && !children[state]?.has(unit)) state = fail[state] ?? 0;
      state = state === 0 ? (root[unit] ?? 0) : (children[state]?.get(unit) ?? 0);
    }
    if (state === 0) continue;
    for (const literal of outputs[state] ?? [])
      sink(literal, ring[(count - (lengths[literal] ?? 0)) & maxLength] ?? 0, i + 1);
  }
}

/** 0 for what does not show. */
function foldUnit(unit: number): number {
  if (unit < 0x80) return unit <= 0x20 ? 0x20 : unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;
  if (unit >= 0x410 && unit <= 0x42f) return unit + 32;
  if (unit >= 0x400 && unit <= 0x40f) return unit + 80;
  if (unit === 0x3000 || unit === 0xa0) return 0x20;
  // Short vowels of Arabic and marks that join or part letters.
  if ((unit >= 0x64b && unit <= 0x652) || unit === 0x640) return 0;
  return hiddenKind(unit) === undefined ? unit : 0;
}

/** A literal as `scanWide` sees texts. */
export function foldWide(literal: string): string {
  let out = '';
  for (let i = 0; i < literal.length; i += 1) {
    const unit = foldUnit(literal.charCodeAt(i));
    if (unit !== 0) out += String.fromCharCode(unit);
  }
  return out;
}

import { codeAt } from '../automaton.ts';
import { confusableWith, hiddenKind } from '../characters.ts';
import { skipEscape } from '../normalize.ts';
import { kindOf, word } from './units.ts';

/**
 * A text as detectors read it: nothing invisible, digits and signs of other scripts as ASCII. `origin` is `null` where
 * the text is looked at as it is.
 */
export interface TextView {
  readonly text: string;
  readonly isPlain: boolean;
  readonly origin: { readonly starts: Int32Array; readonly stops: Int32Array } | null;
}

/** Makes the view of a text; plain ASCII costs one look at each unit. */
export function viewOf(text: string): TextView {
  return isPlain(text) ? { text, isPlain: true, origin: null } : cleanView(text);
}

/** Place in the original where the unit `at` of the view begins. */
export function originStart(view: TextView, at: number): number {
  return view.origin === null ? at : (view.origin.starts[at] ?? 0);
}

/** Place in the original where a span of the view that ends at `at` ends. */
export function originEnd(view: TextView, at: number): number {
  return view.origin === null ? at : at === 0 ? 0 : (view.origin.stops[at - 1] ?? 0);
}

function isPlain(text: string): boolean {
  const { length } = text;
  for (let i = 0; i < length; i += 1) {
    const unit = codeAt(text, i);
    if (unit > 126 || (unit < 32 && unit !== 10 && unit !== 13 && unit !== 9)) return false;
  }
  return true;
}

/** Collects the units of a view with the places they came from. */
export interface ViewBuilder {
  add(unit: number, start: number, stop: number): void;
  lastUnit(): number;
  build(): TextView;
}

/** A builder for a view of at most `capacity` units. */
export function createViewBuilder(capacity: number): ViewBuilder {
  const units = new Uint16Array(capacity);
  const starts = new Int32Array(capacity);
  const stops = new Int32Array(capacity);
  let length = 0;
  return {
    add: (unit, start, stop) => {
      units[length] = unit;
      starts[length] = start;
      stops[length] = stop;
      length += 1;
    },
    lastUnit: () => (length === 0 ? 0 : (units[length - 1] as number)),
    build: () => {
      const text = unitsToText(units, length);
      return { text, isPlain: isPlain(text), origin: { starts, stops } };
    },
  };
}

const chunk = 8_192;

function unitsToText(units: Uint16Array, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += chunk) {
    text += String.fromCharCode(...units.subarray(at, Math.min(length, at + chunk)));
  }
  return text;
}

function cleanView(text: string): TextView {
  const builder = createViewBuilder(text.length);
  for (let i = 0; i < text.length; ) {
    const codePoint = text.codePointAt(i) ?? 0;
    const next = i + (codePoint > 0xffff ? 2 : 1);
    if (codePoint === 0x1b) i = skipEscape(text, next);
    else {
      addClean(builder, { text, codePoint, start: i, stop: next });
      i = next;
    }
  }
  return builder.build();
}

interface Letter {
  readonly text: string;
  readonly codePoint: number;
  readonly start: number;
  readonly stop: number;
}

function addClean(builder: ViewBuilder, { text, codePoint, start, stop }: Letter): void {
  if (codePoint < 128) {
    const isHidden = codePoint < 32 && codePoint !== 10 && codePoint !== 13 && codePoint !== 9;
    if (!isHidden && codePoint !== 127) builder.add(codePoint, start, stop);
    return;
  }
  if (hiddenKind(codePoint) !== undefined) return;
  const alike = asciiOf(codePoint) ?? lookalike(builder.lastUnit(), codePoint, text.charCodeAt(stop));
  if (alike !== undefined) builder.add(alike, start, stop);
  else if (codePoint <= 0xffff) builder.add(codePoint, start, stop);
  else {
    builder.add(text.charCodeAt(start), start, stop);
    builder.add(text.charCodeAt(start + 1), start, stop);
  }
}

/** First digits of scripts whose digits are written one for one. */
const zeros: readonly number[] = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0x1810,
];

const signs = new Map<number, number>([
  ...[...'‐‑‒–—―−﹣'].map((sign) => [sign.charCodeAt(0), 0x2d] as const),
  ...[...'‘’‚‛′´'].map((sign) => [sign.charCodeAt(0), 0x27] as const),
  ...[...'“”„‟″'].map((sign) => [sign.charCodeAt(0), 0x22] as const),
  ...[0xa0, 0x202f, 0x205f, 0x3000].map((unit) => [unit, 0x20] as const),
  [0x2024, 0x2e],
  [0x3002, 0x2e],
  [0x2044, 0x2f],
  [0x2215, 0x2f],
]);

/** The ASCII unit that a sign or digit of another form stands for. */
function asciiOf(codePoint: number): number | undefined {
  if (codePoint >= 0xff01 && codePoint <= 0xff5e) return codePoint - 0xfee0;
  if (codePoint >= 0x2000 && codePoint <= 0x200a) return 0x20;
  const sign = signs.get(codePoint);
  if (sign !== undefined) return sign;
  if (codePoint >= 0x1d7ce && codePoint <= 0x1d7ff) return 0x30 + ((codePoint - 0x1d7ce) % 10);
  if (codePoint >= 0x2460 && codePoint <= 0x2468) return 0x31 + codePoint - 0x2460;
  if (codePoint >= 0x1d400 && codePoint < 0x1d7ce) return mathLetter(codePoint);
  const zero = zeros.findLast((first) => first <= codePoint);
  return zero !== undefined && codePoint < zero + 10 ? 0x30 + codePoint - zero : undefined;
}

function mathLetter(codePoint: number): number | undefined {
  const unit = String.fromCodePoint(codePoint).normalize('NFKC').charCodeAt(0);
  return unit < 128 ? unit : undefined;
}

/** A look-alike letter counts as ASCII only where it touches ASCII letters or digits: honest words stay. */
function lookalike(before: number, codePoint: number, after: number): number | undefined {
  if (codePoint < 0x370 || codePoint > 0x58f) return undefined;
  if ((kindOf(before) & word) === 0 && (kindOf(after) & word) === 0) return undefined;
  const unit = confusableWith(codePoint);
  if (unit === undefined) return undefined;
  const letter = String.fromCharCode(codePoint);
  return letter.toLowerCase() === letter ? unit : String.fromCharCode(unit).toUpperCase().charCodeAt(0);
}

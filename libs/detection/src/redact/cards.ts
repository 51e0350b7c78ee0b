import { digitsOf, luhn } from './checksums.ts';
import { chainDigits, type DigitChain, endsNumber } from './digit-chain.ts';
import type { Candidate, ContextMarks } from './found.ts';

/** Issuers by the digits their numbers begin with, and how long they are. */
const brands: readonly (readonly [brand: string, lengths: readonly number[], from: number, to: number])[] = [
  ['visa', [13, 16, 19], 4, 4],
  ['mastercard', [16], 51, 55],
  ['mastercard', [16], 2221, 2720],
  ['amex', [15], 34, 34],
  ['amex', [15], 37, 37],
  ['diners', [14], 300, 305],
  ['diners', [14, 16], 36, 36],
  ['diners', [14, 16], 38, 39],
  ['discover', [16, 19], 6011, 6011],
  ['discover', [16, 19], 644, 649],
  ['discover', [16, 19], 65, 65],
  ['jcb', [16], 3528, 3589],
  ['unionpay', [16, 17, 18, 19], 62, 62],
  ['maestro', [16, 18, 19], 5018, 5018],
  ['maestro', [16, 18, 19], 6304, 6304],
  ['maestro', [16, 18, 19], 6759, 6763],
  ['mir', [16], 2200, 2204],
  ['elo', [16], 5067, 5067],
  ['rupay', [16], 508, 508],
  ['rupay', [16], 6069, 6069],
  ['troy', [16], 9792, 9792],
];

function brandOf(digits: string): string | undefined {
  return brands.find(([, lengths, from, to]) => {
    const head = Number(digits.slice(0, String(from).length));
    return head >= from && head <= to && lengths.includes(digits.length);
  })?.[0];
}

/** Numbers that payment providers give out for tests; they count unless the text says what they are. */
const testNumbers: ReadonlySet<string> = new Set([
  ...['4242424242424242', '4111111111111111', '4000056655665556', '5555555555554444', '5105105105105100'],
  ...['378282246310005', '371449635398431', '6011111111111117', '3530111333300000', '30569309025904'],
]);

/** Groups in which cards are printed; other groupings are other numbers. */
const printedGroups: ReadonlySet<string> = new Set([
  ...['4-4-4-4', '4-6-5', '4-4-4-3', '4-6-4', '4-4-4-4-3', '6-13', '4-4-4-1', '8-8', '4-4-4-2', '4-4-4-4-2'],
  ...['4-4-4-4-1', '4-4-5', '4-12', '6-10', '5-5-6', '4-5-6', '4-8-4', '2-2-2-2-2-2-2-2'],
]);

/** A card number that begins the chain. */
export function cardAt(text: string, chain: DigitChain, marks: ContextMarks): Candidate | undefined {
  for (let count = Math.min(chain.groups.length, 8); count >= 1; count -= 1) {
    const card = cardOf(text, chain, count);
    if (card !== undefined) return weigh(card, marks, count === 1);
  }
  return undefined;
}

interface Card {
  readonly start: number;
  readonly end: number;
  readonly brand: string;
  readonly length: number;
}

/** The first groups as a card: printed as one, of an issuer, and Luhn holds. */
function cardOf(text: string, chain: DigitChain, count: number): Card | undefined {
  const digits = chainDigits(chain, count);
  const start = chain.groups[0]?.start ?? 0;
  const end = chain.groups[count - 1]?.end ?? 0;
  if (digits.length < 13 || digits.length > 19 || !endsNumber(text, end) || !isPrinted(chain, count)) {
    return undefined;
  }
  const brand = brandOf(digits);
  if (brand === undefined || !luhn(digitsOf(digits)) || new Set(digits).size < 2) return undefined;
  if (testNumbers.has(digits) && saysTest(text, start)) return undefined;
  return { start, end, brand, length: digits.length };
}

function saysTest(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 24), start).toLowerCase();
  return /(?:^|[^@.\w])(?:test|example|sandbox)\b(?!\.)[^@]*$/.test(before);
}

/** Digits in one piece may be any number: the words before them decide. */
function weigh(card: Card, marks: ContextMarks, isPlain: boolean): Candidate | undefined {
  const { start, end, brand, length } = card;
  const isNamed = marks.isNear('card', start, 40);
  if (isPlain && !isNamed && marks.isNear('reference', start, 16)) return undefined;
  return { start, end, type: 'CREDIT_CARD', detail: brand, confidence: isNamed ? 0.99 : 0.9, proof: length };
}

/** One group, or the groups of a card with the same single separator between all. */
function isPrinted({ groups }: DigitChain, count: number): boolean {
  if (count === 1) return true;
  const separator = groups[1]?.separator ?? '';
  if (separator.length !== 1 || separator === '/' || separator === '(') return false;
  const parts = groups.slice(0, count);
  if (parts.some((group, i) => i > 0 && group.separator !== separator)) return false;
  return printedGroups.has(parts.map(({ start, end }) => end - start).join('-'));
}

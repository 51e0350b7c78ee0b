import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { codeAt } from '../automaton.ts';
import { chainDigits, type DigitChain, type DigitGroup, endsNumber } from './digit-chain.ts';
import type { Candidate, ContextMarks } from './found.ts';
import { isDigitAt, isWordAt } from './units.ts';

type Region = NonNullable<Parameters<typeof parsePhoneNumberFromString>[1]> & string;

/** Countries whose national form is tried for numbers that begin with 0. */
const trunkRegions: readonly Region[] = [
  'GB',
  'FR',
  'DE',
  'IT',
  'JP',
  'AU',
  'NL',
  'KR',
  'BE',
  'CH',
  'AT',
  'IN',
  'BR',
  'SE',
  'PL',
];

/** A phone number whose first digits begin the chain. */
export function phoneAt(text: string, chain: DigitChain, marks: ContextMarks): Candidate | undefined {
  const first = chain.groups[0];
  if (first === undefined || chain.digits.length < 7) return undefined;
  const plus = plusBefore(text, first.start);
  if (plus >= 0) return international(text, { chain, marks, plus });
  const start = openParen(text, chain, first.start);
  if (isRejected(text, chain, marks, start)) return undefined;
  const isNamed = marks.isNear('phone', start, 32) || marks.isAfter('phone', start + 10, 14);
  const end = isNamed ? namedEnd(text, chain) : printedEnd(text, chain, { start, marks });
  if (end < 0) return undefined;
  return { start, end, type: 'PHONE', detail: null, confidence: isNamed ? 0.85 : 0.7, proof: 0 };
}

/** Place of the `+` before a number, also `+(49)`; -1 where there is none or it adds. */
export function plusBefore(text: string, start: number): number {
  const isParen = codeAt(text, start - 1) === 0x28;
  const plus = isParen ? start - 2 : start - 1;
  return codeAt(text, plus) === 0x2b && !isWordAt(text, plus - 1) ? plus : -1;
}

/** "(415) 555-2671" begins with its bracket; "(call 415 555 2671)" does not. */
function openParen(text: string, { groups }: DigitChain, start: number): number {
  const isArea = codeAt(text, start - 1) === 0x28 && groups[1]?.separator.startsWith(')') === true;
  return isArea ? start - 1 : start;
}

interface International {
  readonly chain: DigitChain;
  readonly marks: ContextMarks;
  readonly plus: number;
}

/** `+` and a country: the longest piece that can be a number there. */
function international(text: string, { chain, marks, plus }: International): Candidate | undefined {
  let possible = -1;
  for (let count = Math.min(chain.groups.length, 8); count >= 1; count -= 1) {
    const digits = chainDigits(chain, count).replace(/^(49|44|31|41|43|46|61)0/, '$1');
    const end = chain.groups[count - 1]?.end ?? 0;
    if (digits.length < 7 || digits.length > 15 || !endsNumber(text, end) || !isPhoneLike(chain, count))
      continue;
    // After many numbers the form alone decides: work stays bounded.
    const parsed = marks.takeCheck() ? parsePhoneNumberFromString(`+${digits}`) : undefined;
    if (parsed?.isValid()) return phone(plus, extensionEnd(text, end), 0.95);
    if (possible < 0 && (parsed?.isPossible() || digits.length >= 9)) possible = end;
  }
  return possible < 0 ? undefined : phone(plus, extensionEnd(text, possible), 0.85);
}

function phone(start: number, end: number, confidence: number): Candidate {
  return { start, end, type: 'PHONE', detail: null, confidence, proof: 0 };
}

/** `x12`, `ext. 12`: the extension belongs to the number. */
function extensionEnd(text: string, end: number): number {
  const match = /^(?: ?x| ?ext\.? ?)\d{1,6}(?!\w)/i.exec(text.slice(end, end + 14));
  return match === null ? end : end + match[0].length;
}

/** Separators of phones: no slash between short groups (a date), no three blanks. */
function isPhoneLike({ groups }: DigitChain, count: number): boolean {
  return groups.slice(1, count).every(({ separator }) => separator.trim().length <= 2 && separator !== '   ');
}

function isRejected(text: string, { groups }: DigitChain, marks: ContextMarks, start: number): boolean {
  const unit = codeAt(text, start - 1);
  if (unit === 0x2f || unit === 0x3a) {
    // A path or a port; `tel:` and `phone:"…` are not.
    if (unit === 0x2f || !marks.isNear('phone', start, 3)) return isPathBefore(text, start);
  }
  const sizes = groups.map(({ start: from, end }) => end - from);
  const isDate = (sizes[0] === 4 && (sizes[1] ?? 9) <= 2 && (sizes[2] ?? 9) <= 2) || isDayFirst(sizes);
  if (isDate) return true;
  return marks.distance('reference', start) < Math.min(14, marks.distance('phone', start));
}

function isPathBefore(text: string, start: number): boolean {
  return codeAt(text, start - 1) === 0x2f && codeAt(text, start - 2) !== 0x20;
}

function isDayFirst(sizes: readonly number[]): boolean {
  return (sizes[0] ?? 9) <= 2 && (sizes[1] ?? 9) <= 2 && sizes[2] === 4;
}

/** After "phone": seven to fifteen digits in phone-like groups, the longest piece first. */
function namedEnd(text: string, chain: DigitChain): number {
  for (let count = Math.min(chain.groups.length, 7); count >= 1; count -= 1) {
    const digits = chainDigits(chain, count);
    const end = chain.groups[count - 1]?.end ?? 0;
    if (digits.length < 7 || digits.length > 15 || !endsNumber(text, end) || !isPhoneLike(chain, count))
      continue;
    if (isDotted(chain, count) || isIsoDateIn(chain, count)) continue;
    if (count === 1 && new Set(digits).size < 3) continue;
    return extensionEnd(text, end);
  }
  return -1;
}

function isIsoDateIn({ groups }: DigitChain, count: number): boolean {
  return groups.slice(0, count).some(({ start, end }, i) => {
    const next = groups[i + 1];
    return (
      end - start === 4 &&
      i + 2 < count &&
      next !== undefined &&
      next.end - next.start === 2 &&
      next.separator === '-' &&
      groups[i + 2]?.separator === '-' &&
      sizeOf(groups[i + 2]) === 2
    );
  });
}

function sizeOf(group: DigitGroup | undefined): number {
  return group === undefined ? 0 : group.end - group.start;
}

/** Four groups with dots are an address of a machine. */
function isDotted({ groups }: DigitChain, count: number): boolean {
  return (
    count === 4 && groups.slice(1, 4).every(({ separator }) => separator === '.') && sizeOf(groups[3]) <= 3
  );
}

/** Forms that are phone numbers without being named so. */
function printedEnd(
  text: string,
  chain: DigitChain,
  { start, marks }: { readonly start: number; readonly marks: ContextMarks },
): number {
  const { groups } = chain;
  const sizes = groups.map(({ start: from, end }) => end - from);
  const separators = groups.map(({ separator }) => separator);
  const isParen = start < (groups[0]?.start ?? 0);
  const count = printedCount({ sizes, separators, chain, isParen, marks });
  const end = groups[count - 1]?.end ?? -1;
  const isRow = codeAt(text, start - 1) === 0x20 && isDigitAt(text, start - 2);
  return count > 0 && !isRow && endsNumber(text, end) ? extensionEnd(text, end) : -1;
}

interface Printed {
  readonly sizes: readonly number[];
  readonly separators: readonly string[];
  readonly chain: DigitChain;
  readonly isParen: boolean;
  readonly marks: ContextMarks;
}

function printedCount(printed: Printed): number {
  const { sizes, separators, chain, isParen } = printed;
  if (isAmerican(printed)) return 3;
  const head = chainDigits(chain, 1);
  if (isParen && separators[1]?.startsWith(')')) return parenCount(printed);
  const isJoined = separators[1] === '-';
  if (head === '555' && isJoined && sizes[1] === 4) return sizes[2] === 4 && separators[2] === '-' ? 3 : 2;
  // 1-800-555-0199
  const isTollFree = head === '1' && isJoined && sizes[1] === 3 && sizes[2] === 3 && sizes[3] === 4;
  if (isTollFree) return 4;
  return head.startsWith('0') && !head.startsWith('00') ? trunkCount(printed) : 0;
}

/** 415-555-2671, 415.555.2671, (415) 555-2671. */
function isAmerican({ sizes, separators, chain, isParen }: Printed): boolean {
  if (sizes[0] !== 3 || sizes[1] !== 3 || sizes[2] !== 4) return false;
  const next = chain.groups[3];
  if (next !== undefined && next.separator.trim() !== '') return false;
  if (isParen) return separators[1]?.startsWith(')') === true;
  return separators[1] === separators[2] && (separators[1] === '-' || separators[1] === '.');
}

/** (11) 91234-5678, (030) 123456. */
function parenCount({ sizes, separators }: Printed): number {
  let digits = sizes[0] ?? 0;
  let count = 1;
  while (count < sizes.length && count < 5 && digits < 11 && isShortGap(separators[count])) {
    digits += sizes[count] ?? 0;
    count += 1;
  }
  return digits >= 9 && digits <= 12 ? count : 0;
}

function isShortGap(separator: string | undefined): boolean {
  return (
    separator !== undefined && separator.length <= 2 && !separator.includes('/') && !separator.includes('(')
  );
}

/** 06 12 34 56 78, 020 7946 0958, 090-1234-5678: a trunk 0, groups, and valid somewhere. */
function trunkCount({ sizes, separators, chain, marks }: Printed): number {
  const kind = separators[1];
  if (kind !== ' ' && kind !== '-' && kind !== '/' && kind !== '.') return 0;
  for (let count = Math.min(5, sizes.length); count >= 2; count -= 1) {
    const digits = chainDigits(chain, count);
    // A row of numbers that goes on is a dump or a table.
    if (digits.length < 9 || digits.length > 12 || separators[count] === kind) continue;
    if (kind === '.' && !(count === 5 && sizes.slice(0, 5).every((size) => size === 2))) continue;
    if (!marks.takeCheck() || isValidSomewhere(digits)) return count;
  }
  return 0;
}

function isValidSomewhere(digits: string): boolean {
  return trunkRegions.some((region) => parsePhoneNumberFromString(digits, region)?.isValid() === true);
}

import { isDay } from './checksums.ts';
import type { Candidate, ContextMarks } from './found.ts';
import { isDigitAt, isWordAt } from './units.ts';

const months: readonly string[] = [
  ...[
    'jan',
    'feb',
    'mar',
    'apr',
    'may',
    'jun',
    'jul',
    'aug',
    'sep',
    'oct',
    'nov',
    'dec',
    'mär',
    'mai',
    'okt',
    'dez',
  ],
  ...[
    'fév',
    'fev',
    'avr',
    'juin',
    'juil',
    'août',
    'aout',
    'déc',
    'ene',
    'abr',
    'ago',
    'dic',
    'gen',
    'mag',
    'giu',
  ],
  ...[
    'lug',
    'set',
    'ott',
    'mrt',
    'mei',
    'янв',
    'фев',
    'мар',
    'апр',
    'мая',
    'июн',
    'июл',
    'авг',
    'сен',
    'окт',
    'ноя',
    'дек',
  ],
];
const near = 36;
const maxMonthName = 12;

/** A date of birth that begins at the digit or letter at `start`: a date near a word for birth. */
export function birthAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  const isBefore = marks.isNear('birth', start, isPlainNumber(text, start) ? 10 : near);
  if (!isBefore && !marks.isAfter('birth', start, near)) return undefined;
  const end = dateEnd(text, start);
  if (end < 0 || (!isBefore && !marks.isAfter('birth', end, 8))) return undefined;
  return { start, end, type: 'DATE_OF_BIRTH', detail: null, confidence: 0.9, proof: 5 };
}

/** Eight digits in one piece are a date only right after the word. */
function isPlainNumber(text: string, start: number): boolean {
  return isDigitAt(text, start + 4) && isDigitAt(text, start + 5) && isDigitAt(text, start + 3);
}

const numeric = /^(\d{1,4})([-/. ]|\. )(\d{1,2})\2(\d{2,4})(?![\d\w])/;
const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)(?!\w)/;
const dayFirst =
  /^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?: de| of)? ?-?([^\s\d.,-]{3,12})\.?(?: de| del|,)?[ -](\d{4})(?!\w)/;
const monthFirst = /^([^\s\d.,-]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\w)/;
const eastern = /^(\d{4})[年년](?: ?)(\d{1,2})[月월](?: ?)(\d{1,2})[日일]/;
const maxDate = 32;

/** Where the date that begins at `start` ends, or -1. */
function dateEnd(text: string, start: number): number {
  if (isWordAt(text, start - 1)) return -1;
  const piece = text.slice(start, start + maxDate);
  if (!isDigitAt(text, start)) {
    const match = monthFirst.exec(piece);
    return match !== null && isMonth(match[1]) && isYear(match[3]) ? start + match[0].length : -1;
  }
  const match = numeric.exec(piece);
  if (match !== null) return isNumericDate(match) ? start + match[0].length : -1;
  const east = eastern.exec(piece);
  if (east !== null) return start + east[0].length;
  const plain = compact.exec(piece);
  if (plain !== null && isDay(Number(plain[2]), Number(plain[3]))) return start + plain[0].length;
  const named = dayFirst.exec(piece);
  return named !== null && isMonth(named[2]) && isYear(named[3]) ? start + named[0].length : -1;
}

function isNumericDate([, a = '', , b = '', c = '']: RegExpExecArray): boolean {
  if (a.length === 4) return isYear(a) && isDay(Number(b), Number(c));
  const isDayMonth = isDay(Number(b), Number(a)) || isDay(Number(a), Number(b));
  return a.length <= 2 && isDayMonth && (c.length === 2 || isYear(c));
}

function isMonth(name: string | undefined): boolean {
  const word = (name ?? '').slice(0, maxMonthName).toLowerCase();
  return months.some((month) => word.startsWith(month));
}

function isYear(year: string | undefined): boolean {
  const value = Number(year);
  return value >= 1895 && value <= 2035;
}

import { at, digitsOf, isDay, luhn, mod11x10, modulo, numberAt, weighted } from '../checksums.ts';
import type { IdRule } from './id-rule.ts';

const isDayMonthYear = (value: string): boolean => {
  const digits = digitsOf(value);
  return isDay(numberAt(digits, 2, 2), numberAt(digits, 0, 2));
};
const isSame = (value: string): boolean => new Set(value).size === 1;

function isNhs(value: string): boolean {
  const digits = digitsOf(value);
  const check = 11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check === 11 ? 0 : check) === at(digits, 9) && check !== 10 && !isSame(value);
}

function isNino(value: string): boolean {
  const head = value.slice(0, 2);
  return (
    !/[DFIQUV]/.test(head) &&
    value[1] !== 'O' &&
    !'BG GB NK KN TN NT ZZ'.includes(head) &&
    /[A-D]$/.test(value)
  );
}

/** One digit stands twice or three times among the first ten, one or two are missing. */
function isSteuerId(value: string): boolean {
  if (value.startsWith('0')) return false;
  const kinds = new Set(value.slice(0, 10)).size;
  return (kinds === 9 || kinds === 8) && mod11x10(digitsOf(value));
}

function isRentenversicherung(value: string): boolean {
  const letter = String(value.charCodeAt(8) - 64).padStart(2, '0');
  const digits = digitsOf(value.slice(0, 8) + letter + value.slice(9));
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = weights.reduce((total, weight, i) => {
    const product = weight * at(digits, i);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === at(digits, 12) && isDay(numberAt(digits, 4, 2), numberAt(digits, 2, 2) % 50 || 1);
}

function isNir(value: string): boolean {
  const body = value.slice(0, 13).replace('2A', '19').replace('2B', '18');
  const month = Number(value.slice(3, 5));
  const isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  return /^[1-478]/.test(value) && isMonth && 97 - modulo(body, 97) === Number(value.slice(13));
}

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const isDni = (value: string): boolean => dniLetters[modulo(value.slice(0, 8), 23)] === value[8];
const isNie = (value: string): boolean => isDni(`${'XYZ'.indexOf(value.charAt(0))}${value.slice(1)}`);

const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isCodiceFiscale(value: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i += 1) {
    const unit = value.charCodeAt(i);
    const place = unit >= 0x41 ? unit - 0x41 : unit - 0x30;
    sum += i % 2 === 0 ? (oddValues[place] ?? 0) : place;
  }
  return 'ABCDEHLMPRST'.includes(value.charAt(8)) && (sum % 26) + 0x41 === value.charCodeAt(15);
}

function isBsn(value: string): boolean {
  const digits = digitsOf(value);
  return !isSame(value) && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

function isBelgian(value: string): boolean {
  const check = Number(value.slice(9));
  const body = value.slice(0, 9);
  const month = Number(value.slice(2, 4));
  return month <= 12 && [body, `2${body}`].some((form) => 97 - modulo(form, 97) === check);
}

function isPesel(value: string): boolean {
  const digits = digitsOf(value);
  const sum = weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
  return (
    isDay(numberAt(digits, 2, 2) % 20, numberAt(digits, 4, 2)) && (10 - (sum % 10)) % 10 === at(digits, 10)
  );
}

const isPersonnummer = (value: string): boolean => {
  const short = value.slice(-10);
  const digits = digitsOf(short);
  const day = numberAt(digits, 4, 2);
  return luhn(digits) && isDay(numberAt(digits, 2, 2), day > 60 ? day - 60 : day);
};

const hetuLetters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
function isHetu(value: string): boolean {
  const body = value.slice(0, 6) + value.slice(-4, -1);
  return isDayMonthYear(value) && hetuLetters[modulo(body, 31)] === value.at(-1);
}

function isNorwegian(value: string): boolean {
  const digits = digitsOf(value);
  const first = (11 - (weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
  const second = (11 - (weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  const day = numberAt(digits, 0, 2);
  const isDate = isDay(numberAt(digits, 2, 2), day > 40 ? day - 40 : day);
  return isDate && first === at(digits, 9) && second === at(digits, 10);
}

function isAhv(value: string): boolean {
  const sum = weighted(digitsOf(value), [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
  return value.startsWith('756') && (10 - (sum % 10)) % 10 === Number(value[12]);
}

function isPortuguese(value: string): boolean {
  const rest = weighted(digitsOf(value), [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return /^[1235689]/.test(value) && (rest < 2 ? 0 : 11 - rest) === Number(value[8]);
}

function isAustrian(value: string): boolean {
  const digits = digitsOf(value);
  const sum = weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
  return sum % 11 === at(digits, 3) && isDay(numberAt(digits, 6, 2), numberAt(digits, 4, 2));
}

function isCzech(value: string): boolean {
  const month = Number(value.slice(2, 4)) % 50;
  return isDay(month > 12 ? month - 20 : month, Number(value.slice(4, 6))) && modulo(value, 11) % 10 === 0;
}

function isRomanian(value: string): boolean {
  const rest = weighted(digitsOf(value), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return (
    isDay(Number(value.slice(3, 5)), Number(value.slice(5, 7))) &&
    (rest === 10 ? 1 : rest) === Number(value[12])
  );
}

function isBulgarian(value: string): boolean {
  const rest = weighted(digitsOf(value), [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11;
  return isDay(Number(value.slice(2, 4)) % 20, Number(value.slice(4, 6))) && rest % 10 === Number(value[9]);
}

function isIrish(value: string): boolean {
  const second = value.length > 8 ? (value.charCodeAt(8) - 64) * 9 : 0;
  const rest = (weighted(digitsOf(value), [8, 7, 6, 5, 4, 3, 2]) + second) % 23;
  return (rest === 0 ? 'W' : String.fromCharCode(64 + rest)) === value[7];
}

function isBaltic(value: string): boolean {
  const digits = digitsOf(value);
  const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const rest = first < 10 ? first : weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return isDay(Number(value.slice(3, 5)), Number(value.slice(5, 7))) && rest % 10 === at(digits, 10);
}

function isNip(value: string): boolean {
  return weighted(digitsOf(value), [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(value[9]);
}

/** National numbers of Europe. */
export const europeanIds: readonly IdRule[] = [
  { detail: 'UK_NINO', strength: 'alone', print: 'AA 99 99 99 A|AA999999A', check: isNino },
  { detail: 'UK_NHS', strength: 'named', print: '999 999 9999|9999999999', check: isNhs },
  { detail: 'DE_TAX_ID', strength: 'named', print: '99 999 999 999|99999999999', check: isSteuerId },
  {
    detail: 'DE_PENSION',
    strength: 'alone',
    print: '99 999999 A 999|99999999A999',
    check: isRentenversicherung,
  },
  {
    detail: 'FR_NIR',
    strength: 'alone',
    print: '9 99 99 99 999 999 99|9999999999999 99|999999999999999',
    check: isNir,
  },
  { detail: 'FR_NIR', strength: 'alone', print: '9 99 99 9A 999 999 99|999999A99999999', check: isNir },
  { detail: 'ES_DNI', strength: 'alone', print: '99999999A|99999999-A|99.999.999-A', check: isDni },
  { detail: 'ES_NIE', strength: 'alone', print: 'A9999999A|A-9999999-A', check: isNie },
  {
    detail: 'IT_CODICE_FISCALE',
    strength: 'alone',
    print: 'AAAAAA99A99A999A|AAA AAA 99A99 A999A',
    check: isCodiceFiscale,
  },
  { detail: 'NL_BSN', strength: 'named', print: '999999999|9999.99.999|999 999 999', check: isBsn },
  { detail: 'BE_NATIONAL', strength: 'formatted', print: '99.99.99-999.99|99999999999', check: isBelgian },
  { detail: 'PL_PESEL', strength: 'named', print: '99999999999', check: isPesel },
  { detail: 'PL_NIP', strength: 'named', print: '999-999-99-99|9999999999', check: isNip },
  {
    detail: 'SE_PERSONNUMMER',
    strength: 'formatted',
    print: '999999-9999|99999999-9999|9999999999|999999999999',
    check: isPersonnummer,
  },
  { detail: 'FI_HETU', strength: 'alone', print: '999999-999X|999999A999X', check: isHetu },
  { detail: 'DK_CPR', strength: 'named', print: '999999-9999|9999999999', check: isDayMonthYear },
  { detail: 'NO_FODSELSNUMMER', strength: 'alone', print: '999999 99999|99999999999', check: isNorwegian },
  { detail: 'CH_AHV', strength: 'alone', print: '999.9999.9999.99|9999999999999', check: isAhv },
  { detail: 'PT_NIF', strength: 'named', print: '999999999|999 999 999', check: isPortuguese },
  { detail: 'AT_SVNR', strength: 'named', print: '9999 999999|9999999999', check: isAustrian },
  { detail: 'CZ_SK_BIRTH_NUMBER', strength: 'formatted', print: '999999/9999|9999999999', check: isCzech },
  { detail: 'RO_CNP', strength: 'named', print: '9999999999999', check: isRomanian },
  { detail: 'BG_EGN', strength: 'named', print: '9999999999', check: isBulgarian },
  { detail: 'IE_PPS', strength: 'named', print: '9999999A|9999999AA', check: isIrish },
  { detail: 'HR_OIB', strength: 'named', print: '99999999999', check: (value) => mod11x10(digitsOf(value)) },
  { detail: 'BALTIC_CODE', strength: 'named', print: '99999999999', check: isBaltic },
  {
    detail: 'GR_AMKA',
    strength: 'named',
    print: '99999999999',
    check: (value) => isDayMonthYear(value) && luhn(digitsOf(value)),
  },
  {
    detail: 'HU_TAJ',
    strength: 'named',
    print: '999 999 999|999999999',
    check: (value) => weighted(digitsOf(value), [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === Number(value[8]),
  },
  { detail: 'LV_CODE', strength: 'named', print: '999999-99999', check: isDayMonthYear },
  { detail: 'IS_KENNITALA', strength: 'named', print: '999999-9999', check: isDayMonthYear },
];

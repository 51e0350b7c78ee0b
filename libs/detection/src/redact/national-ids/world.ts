import { at, digitsOf, isDay, luhn, numberAt, verhoeff, weighted } from '../checksums.ts';
import type { IdRule } from './id-rule.ts';

const isSame = (value: string): boolean => new Set(value).size === 1;

/** Rules of the Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000. */
export function isSsn(value: string): boolean {
  const isArea = !/^(000|666|9)/.test(value);
  const isShown =
    value === '123456789' || value === '078051120' || value === '219099999' || value === '111111111';
  return isArea && !isShown && value.slice(3, 5) !== '00' && value.slice(5) !== '0000' && !isSame(value);
}

const isItin = (value: string): boolean => /^9\d\d(5\d|6[0-5]|[78]\d|9[0-24-9])/.test(value);

function isCpf(value: string): boolean {
  const digits = digitsOf(value);
  const check = (length: number): number => {
    const weights = Array.from({ length }, (_, i) => length + 1 - i);
    return ((weighted(digits, weights) * 10) % 11) % 10;
  };
  return !isSame(value) && check(9) === at(digits, 9) && check(10) === at(digits, 10);
}

function isCnpj(value: string): boolean {
  const digits = digitsOf(value);
  const weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  const check = (rest: number): number => (rest < 2 ? 0 : 11 - rest);
  const first = check(weighted(digits, weights.slice(1)) % 11);
  return (
    !isSame(value) && first === at(digits, 12) && check(weighted(digits, weights) % 11) === at(digits, 13)
  );
}

const isAadhaar = (value: string): boolean =>
  /^[2-9]/.test(value) && !isSame(value) && verhoeff(digitsOf(value));
const isPan = (value: string): boolean => 'PCHABGJLFT'.includes(value.charAt(3));

function isChinese(value: string): boolean {
  const digits = digitsOf(value);
  const year = numberAt(digits, 6, 4);
  const rest = weighted(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
  const isDate = year >= 1900 && year <= 2035 && isDay(numberAt(digits, 10, 2), numberAt(digits, 12, 2));
  return isDate && '10X98765432'.charAt(rest) === value.charAt(17);
}

/** Since 2020 the last digits are drawn by lot: the date and the digit of the century are what holds. */
function isKorean(value: string): boolean {
  const digits = digitsOf(value);
  return isDay(numberAt(digits, 2, 2), numberAt(digits, 4, 2)) && at(digits, 6) >= 1 && at(digits, 6) <= 8;
}

function isTfn(value: string): boolean {
  return weighted(digitsOf(value), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && !isSame(value);
}

function isMedicare(value: string): boolean {
  const digits = digitsOf(value);
  return /^[2-6]/.test(value) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === at(digits, 8);
}

function isAbn(value: string): boolean {
  const digits = digitsOf(value);
  digits[0] = at(digits, 0) - 1;
  return weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0;
}

const isSin = (value: string): boolean => !/^[08]/.test(value) && !isSame(value) && luhn(digitsOf(value));

function isSouthAfrican(value: string): boolean {
  return (
    isDay(Number(value.slice(2, 4)), Number(value.slice(4, 6))) &&
    /[01]..$/.test(value) &&
    luhn(digitsOf(value))
  );
}

function isTurkish(value: string): boolean {
  const digits = digitsOf(value);
  const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  const sum = weighted(
    digits,
    Array.from({ length: 10 }, () => 1),
  );
  return at(digits, 0) !== 0 && tenth === at(digits, 9) && sum % 10 === at(digits, 10);
}

function isNric(value: string): boolean {
  const head = value.charAt(0);
  const shift = head === 'T' || head === 'G' ? 4 : head === 'M' ? 3 : 0;
  const rest = (weighted(digitsOf(value), [2, 7, 6, 5, 4, 3, 2]) + shift) % 11;
  const letters = head === 'S' || head === 'T' ? 'JZIHGFEDCBA' : head === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  if (!'STFGM'.includes(head)) return false;
  return letters.charAt(head === 'M' ? 10 - rest : rest) === value.charAt(8);
}

const taiwanLetters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
function isTaiwanese(value: string): boolean {
  const letter = taiwanLetters.indexOf(value.charAt(0)) + 10;
  const sum = Math.floor(letter / 10) + (letter % 10) * 9;
  return (
    /^[A-Z][1289]/.test(value) && (sum + weighted(digitsOf(value), [8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 === 0
  );
}

function isHongKong(value: string): boolean {
  const sum =
    36 * 9 + (value.charCodeAt(0) - 55) * 8 + weighted(digitsOf(value.slice(1, 7)), [7, 6, 5, 4, 3, 2]);
  const check = (11 - (sum % 11)) % 11;
  return (check === 10 ? 'A' : String(check)) === value.charAt(7);
}

function isThai(value: string): boolean {
  const sum = weighted(digitsOf(value), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return (11 - (sum % 11)) % 10 === Number(value[12]);
}

function isMyNumber(value: string): boolean {
  const rest = weighted(digitsOf(value), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === Number(value[11]) && !isSame(value);
}

function isRut(value: string): boolean {
  const body = digitsOf(value.slice(0, -1)).reverse();
  const sum = body.reduce((total, digit, i) => total + digit * (2 + (i % 6)), 0);
  return '0K987654321'.charAt(sum % 11) === value.at(-1);
}

function isCuit(value: string): boolean {
  const rest = 11 - (weighted(digitsOf(value), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return /^(20|23|24|25|26|27|30|33|34)/.test(value) && rest % 11 === Number(value[10]);
}

const isCurp = (value: string): boolean =>
  /[HMX]/.test(value.charAt(10)) && isDay(Number(value.slice(6, 8)), Number(value.slice(8, 10)));
const isRfc = (value: string): boolean => isDay(Number(value.slice(6, 8)), Number(value.slice(8, 10)));
const isNik = (value: string): boolean =>
  isDay(Number(value.slice(8, 10)), Number(value.slice(6, 8)) % 40) && /^[1-9]/.test(value);
const isMyKad = (value: string): boolean => isDay(Number(value.slice(2, 4)), Number(value.slice(4, 6)));

function isInn12(value: string): boolean {
  const digits = digitsOf(value);
  const first = (weighted(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
  const second = (weighted(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
  return first === at(digits, 10) && second === at(digits, 11);
}

function isSnils(value: string): boolean {
  const sum = weighted(digitsOf(value), [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101;
  return (sum === 100 ? 0 : sum) === Number(value.slice(9));
}

function isUkrainian(value: string): boolean {
  return (weighted(digitsOf(value), [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) % 10 === Number(value[9]);
}

/** National numbers of the other continents. */
export const worldIds: readonly IdRule[] = [
  {
    detail: 'US_SSN',
    strength: 'formatted',
    print: '999-99-9999|999 99 9999|999999999',
    check: isSsn,
    isSsn: true,
  },
  { detail: 'US_ITIN', strength: 'formatted', print: '999-99-9999|999999999', check: isItin },
  { detail: 'BR_CPF', strength: 'formatted', print: '999.999.999-99|99999999999', check: isCpf },
  { detail: 'BR_CNPJ', strength: 'formatted', print: '99.999.999/9999-99|99999999999999', check: isCnpj },
  {
    detail: 'IN_AADHAAR',
    strength: 'formatted',
    print: '9999 9999 9999|9999-9999-9999|999999999999',
    check: isAadhaar,
  },
  { detail: 'IN_PAN', strength: 'alone', print: 'AAAAA9999A', check: isPan },
  { detail: 'CN_RESIDENT_ID', strength: 'alone', print: '99999999999999999X', check: isChinese },
  { detail: 'KR_RRN', strength: 'formatted', print: '999999-9999999|9999999999999', check: isKorean },
  { detail: 'AU_TFN', strength: 'named', print: '999 999 999|999999999', check: isTfn },
  { detail: 'AU_MEDICARE', strength: 'named', print: '9999 99999 9|9999999999', check: isMedicare },
  { detail: 'AU_ABN', strength: 'named', print: '99 999 999 999|99999999999', check: isAbn },
  { detail: 'CA_SIN', strength: 'named', print: '999 999 999|999-999-999|999999999', check: isSin },
  { detail: 'ZA_ID', strength: 'named', print: '999999 9999 999|9999999999999', check: isSouthAfrican },
  { detail: 'TR_KIMLIK', strength: 'named', print: '99999999999', check: isTurkish },
  { detail: 'SG_NRIC', strength: 'alone', print: 'A9999999A', check: isNric },
  { detail: 'TW_ID', strength: 'alone', print: 'A999999999', check: isTaiwanese },
  { detail: 'HK_ID', strength: 'named', print: 'A999999(X)|A999999X', check: isHongKong },
  { detail: 'TH_ID', strength: 'formatted', print: '9-9999-99999-99-9|9999999999999', check: isThai },
  {
    detail: 'JP_MY_NUMBER',
    strength: 'named',
    print: '9999 9999 9999|9999-9999-9999|999999999999',
    check: isMyNumber,
  },
  { detail: 'CL_RUT', strength: 'formatted', print: '99.999.999-X|9.999.999-X|99999999-X', check: isRut },
  { detail: 'AR_CUIT', strength: 'formatted', print: '99-99999999-9|99999999999', check: isCuit },
  { detail: 'MX_CURP', strength: 'alone', print: 'AAAA999999AAAAAAX9', check: isCurp },
  { detail: 'MX_RFC', strength: 'named', print: 'AAAA999999XXX', check: isRfc },
  { detail: 'ID_NIK', strength: 'named', print: '9999999999999999', check: isNik },
  { detail: 'MY_NRIC', strength: 'named', print: '999999-99-9999|999999999999', check: isMyKad },
  { detail: 'IL_ID', strength: 'named', print: '999999999', check: (value) => luhn(digitsOf(value)) },
  { detail: 'RU_INN', strength: 'named', print: '999999999999', check: isInn12 },
  { detail: 'RU_SNILS', strength: 'formatted', print: '999-999-999 99|999-999-999-99', check: isSnils },
  { detail: 'UA_RNOKPP', strength: 'named', print: '9999999999', check: isUkrainian },
];

/** Digits of a text as numbers; other units are left out. */
export function digitsOf(text: string): number[] {
  const digits: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i) - 0x30;
    if (unit >= 0 && unit <= 9) digits.push(unit);
  }
  return digits;
}

/** The digit at a place, 0 beyond the end. */
export function at(digits: readonly number[], place: number): number {
  return digits[place] ?? 0;
}

/** Luhn (ISO/IEC 7812-1). */
export function luhn(digits: readonly number[]): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const value = at(digits, digits.length - 1 - i);
    const doubled = i % 2 === 1 ? value * 2 : value;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Sum of the first digits, each times its weight. */
export function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * at(digits, place), 0);
}

/** Remainder of a long decimal number. */
export function modulo(digits: string, divisor: number): number {
  let rest = 0;
  for (let i = 0; i < digits.length; i += 1) rest = (rest * 10 + (digits.charCodeAt(i) - 0x30)) % divisor;
  return rest;
}

/** ISO 7064 mod 97-10 of an IBAN without blanks. */
export function isIbanChecked(iban: string): boolean {
  const turned = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (let i = 0; i < turned.length; i += 1) {
    const unit = turned.charCodeAt(i);
    if (unit <= 0x39) rest = (rest * 10 + unit - 0x30) % 97;
    else rest = (rest * 100 + unit - 0x37) % 97;
  }
  return rest === 1;
}

/** ISO 7064 mod 11,10 (German tax id, Croatian OIB). */
export function mod11x10(digits: readonly number[]): boolean {
  let product = 10;
  for (let i = 0; i < digits.length - 1; i += 1) {
    const sum = (at(digits, i) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === at(digits, digits.length - 1);
}

const verhoeffTable: readonly string[] = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const verhoeffTurns: readonly string[] = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff (Aadhaar). */
export function verhoeff(digits: readonly number[]): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const turned = Number(verhoeffTurns[i % 8]?.charAt(at(digits, digits.length - 1 - i)));
    check = Number(verhoeffTable[check]?.charAt(turned));
  }
  return check === 0;
}

const monthDays: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether such a day exists in some year. */
export function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= (monthDays[month - 1] ?? 0);
}

/** The number that a span of digits writes. */
export function numberAt(digits: readonly number[], from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i += 1) value = value * 10 + at(digits, i);
  return value;
}

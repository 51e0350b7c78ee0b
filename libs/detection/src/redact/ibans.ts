import { codeAt } from '../automaton.ts';
import { isIbanChecked } from './checksums.ts';
import type { Candidate } from './found.ts';
import { isDigitAt, isWordAt } from './units.ts';

/** Lengths by country (ISO 13616 registry). */
const lengths: ReadonlyMap<string, number> = new Map(
  [
    ...[
      'AD24',
      'AE23',
      'AL28',
      'AT20',
      'AZ28',
      'BA20',
      'BE16',
      'BG22',
      'BH22',
      'BI27',
      'BR29',
      'BY28',
      'CH21',
    ],
    ...[
      'CR22',
      'CY28',
      'CZ24',
      'DE22',
      'DJ27',
      'DK18',
      'DO28',
      'EE20',
      'EG29',
      'ES24',
      'FI18',
      'FK18',
      'FO18',
    ],
    ...[
      'FR27',
      'GB22',
      'GE22',
      'GI23',
      'GL18',
      'GR27',
      'GT28',
      'HN28',
      'HR21',
      'HU28',
      'IE22',
      'IL23',
      'IQ23',
    ],
    ...[
      'IS26',
      'IT27',
      'JO30',
      'KW30',
      'KZ20',
      'LB28',
      'LC32',
      'LI21',
      'LT20',
      'LU20',
      'LV21',
      'LY25',
      'MC27',
    ],
    ...[
      'MD24',
      'ME22',
      'MK19',
      'MN20',
      'MR27',
      'MT31',
      'MU30',
      'NI28',
      'NL18',
      'NO15',
      'OM23',
      'PK24',
      'PL28',
    ],
    ...[
      'PS29',
      'PT25',
      'QA29',
      'RO24',
      'RS22',
      'RU33',
      'SA24',
      'SC31',
      'SD18',
      'SE24',
      'SI19',
      'SK24',
      'SM27',
    ],
    ...['SO23', 'ST25', 'SV28', 'TL23', 'TN24', 'TR26', 'UA29', 'VA22', 'VG24', 'XK20', 'YE30'],
  ].map((row) => [row.slice(0, 2), Number(row.slice(2))]),
);

/** An IBAN that begins at `start`: country, length and check digits, with or without blanks. */
export function ibanAt(text: string, start: number): Candidate | undefined {
  const country = text.slice(start, start + 2).toUpperCase();
  const length = lengths.get(country);
  if (length === undefined || !isDigitAt(text, start + 2) || !isDigitAt(text, start + 3)) return undefined;
  let iban = '';
  let at = start;
  while (iban.length < length && at < start + 2 * length) {
    if (isWordAt(text, at)) iban += text.charAt(at);
    else if (!isGap(text, at)) return undefined;
    at += 1;
  }
  if (iban.length < length || isWordAt(text, at) || !isIbanChecked(iban.toUpperCase())) return undefined;
  return { start, end: at, type: 'IBAN', detail: country, confidence: 0.99, proof: length };
}

/** One blank or dash between two units of the number. */
function isGap(text: string, at: number): boolean {
  const unit = codeAt(text, at);
  return (unit === 0x20 || unit === 0x2d) && isWordAt(text, at - 1) && isWordAt(text, at + 1);
}

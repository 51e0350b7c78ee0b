import { digits, hex, type Random, uppers } from './seeded-random.ts';

const firsts = [
  ...[
    'Maya',
    'Jonas',
    'Priya',
    'Tomasz',
    'Aisha',
    'Diego',
    'Yuki',
    'Lena',
    'Omar',
    'Chloe',
    'Siobhan',
    'Kwame',
  ],
  ...['Ingrid', 'Mateus', 'Hye-jin', 'Zoë', 'André', 'Łukasz', 'Søren', 'Fatima', 'Bogdan', 'Nneka', 'Elif'],
];
const lasts = [
  ...[
    'Okafor',
    'Lindqvist',
    'Nakamura',
    'Petrov',
    'Almeida',
    'Schneider',
    'Haddad',
    'Kowalska',
    'Byrne',
    'Tran',
  ],
  ...[
    "O'Connor",
    'Müller',
    'García',
    'Johansson',
    'Papadopoulos',
    'Mensah',
    'Yılmaz',
    'van Dijk',
    'de la Cruz',
  ],
  ...['Smith-Jones', 'Adeyemi', 'Fernández', 'Kim', 'Novák'],
];

/** Forms of numbers as people of thirty countries write them; `#` is a digit. */
const phones = [
  ...[
    '+1 (415) 555-01##',
    '+1 212 555 01##',
    '(312) 555-01##',
    '646-555-01##',
    '+44 20 7946 0###',
    '07700 900###',
  ],
  ...[
    '020 7946 0###',
    '+49 30 2345####',
    '+49 171 23456##',
    '030 2345####',
    '+33 1 23 45 6# ##',
    '06 12 34 5# ##',
  ],
  ...[
    '+34 612 34 5# ##',
    '+39 06 6982 ####',
    '+31 20 794 ####',
    '+32 2 512 ## ##',
    '+41 44 668 ## ##',
    '+43 1 5123###',
  ],
  ...[
    '+46 8 123 4# ##',
    '+47 22 12 3# ##',
    '+45 32 12 3# ##',
    '+358 9 123 4###',
    '+48 22 123 4# ##',
    '+351 21 123 4###',
  ],
  ...[
    '+420 224 123 ###',
    '+30 210 123 4###',
    '+90 212 234 5# ##',
    '+7 495 123-4#-##',
    '+91 98765 4####',
    '+81 3-1234-5###',
  ],
  ...[
    '090-1234-5###',
    '+82 2-312-3###',
    '+86 138 1234 5###',
    '+61 2 9876 5###',
    '0412 345 ###',
    '+64 9 123 4###',
  ],
  ...[
    '+55 11 91234-5###',
    '(11) 91234-5###',
    '+52 55 1234 5###',
    '+54 11 1234-5###',
    '+27 21 123 4###',
    '+234 803 123 4###',
  ],
  ...[
    '+972 3-123-4###',
    '+971 4 123 4###',
    '+65 6123 4###',
    '555-01##-####',
    '1-800-555-01##',
    '415.555.01##',
  ],
];

const streets = [
  ...[
    '# Elm Street, Springfield, IL 627##',
    '#2 Oak Avenue Apt 4, Portland, OR 972##',
    '1# Baker Street, London NW1 6XE',
  ],
  ...['2# rue de la Paix, 7500# Paris', 'Hauptstraße 1#, 1011# Berlin', 'Calle de Alcalá #5, 2801# Madrid'],
  ...['Via Roma 1#, 0018# Roma', 'Keizersgracht 1##, 1015 CJ Amsterdam', 'P.O. Box ####, Austin, TX 787##'],
];

const makers: Readonly<Record<string, (random: Random) => string>> = {
  PERSON: (random) => `${random.pick(firsts)} ${random.pick(lasts)}`,
  EMAIL: (random) => {
    const name = `${plain(random.pick(firsts))}${random.pick(['.', '_', '-', ''])}${plain(random.pick(lasts))}`;
    const tag = random.pick(['', '', String(random.below(90)), '+news']);
    return `${name}${tag}@${random.pick(['example.com', 'mail.example.org', 'post.example.co.uk', 'kunde.example.de'])}`;
  },
  PHONE: (random) => fill(random.pick(phones), random),
  US_SSN: (random) => `${100 + random.below(560)}-${10 + random.below(89)}-${1000 + random.below(8999)}`,
  IP_ADDRESS: (random) =>
    `${random.pick(['203.0.113', '198.51.100', '81.23.45', '10.42.7'])}.${2 + random.below(250)}`,
  MAC_ADDRESS: (random) => Array.from({ length: 6 }, () => random.text(hex, 2)).join(random.pick([':', '-'])),
  BTC_ADDRESS: (random) => `bc1q${random.text('qpzry9x8gf2tvdw0s3jn54khce6mua7l', 38)}`,
  ETH_ADDRESS: (random) => `0x${random.text(hex, 40)}`,
  POSTAL_ADDRESS: (random) => fill(random.pick(streets), random),
  DATE_OF_BIRTH: (random) =>
    fill(random.pick(['19#5-0#-1#', '1#/0#/19#7', '1#.0#.19#3', '1# March 19#8', 'April 1#, 19#2']), random)
      .replace(/(\D)0(?=[-/.])/g, '$14')
      .replace('00', '04'),
  MEDICAL_RECORD: (random) =>
    random.pick([random.text(digits, 8), `MR-${random.text(digits, 6)}`, `H${random.text(digits, 7)}`]),
  PASSPORT: (random) => `${random.text(uppers, 1)}${random.text('123456789', 1)}${random.text(digits, 7)}`,
  BANK_ACCOUNT: (random) => random.text('123456789', 1) + random.text(digits, 9),
};

function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}

function fill(form: string, random: Random): string {
  return form.replace(/#/g, () => random.text('123456789', 1));
}

/** A personal value of a type; `undefined` for types that nobody here makes. */
export function makePersonal(type: string, random: Random): string | undefined {
  return Object.hasOwn(makers, type) ? makers[type]?.(random) : undefined;
}

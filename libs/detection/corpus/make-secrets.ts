import { digitsOf, isIbanChecked, luhn } from '../src/redact/checksums.ts';
import type { SecretFormat, TokenPart } from '../src/redact/formats/secret-format.ts';
import { looksRandom } from '../src/redact/looks-random.ts';
import type { IdRule } from '../src/redact/national-ids/id-rule.ts';
import { idRules } from '../src/redact/national-ids.ts';
import { secretFormats } from '../src/redact/prefix-secrets.ts';
import { makePersonal } from './make-personal.ts';
import { charactersOf, digits, hex, letters, lowers, type Random, uppers, word } from './seeded-random.ts';

/**
 * Makes values that look like secrets and personal data, with checksums that hold, from a seed. None was ever live;
 * they are made when they are needed because scanners of public hosts would take them for leaks.
 */
export function makeSecret(type: string, random: Random): string | undefined {
  const shaped = shapes[type];
  if (shaped !== undefined) return shaped(random);
  const formats = secretFormats.filter((format) => format.type === type);
  if (formats.length > 0) return makeToken(random.pick(formats), random);
  return makePersonal(type, random);
}

const base64Units = `${word}+/`;
const base64Url = (text: string): string =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const shapes: Readonly<Record<string, (random: Random) => string>> = {
  AWS_ACCESS_KEY: (random) => `${'AK'}IA${random.text(`${uppers}234567`, 16)}`,
  AWS_SECRET_KEY: (random) => random.text(base64Units, 40),
  GITHUB_TOKEN: (random) => `${'gh'}${random.pick(['p', 'o', 's', 'u', 'r'])}_${random.text(word, 36)}`,
  GITHUB_FINE_GRAINED: (random) => `${'github'}_pat_${random.text(word, 22)}_${random.text(word, 59)}`,
  SLACK_TOKEN: (random) =>
    `${'xox'}${random.pick(['b', 'p'])}-${random.text(digits, 12)}-${random.text(digits, 12)}-${random.text(word, 24)}`,
  OPENAI_KEY: (random) => `${'sk'}-${random.pick(['proj', 'svcacct'])}-${random.text(`${word}_-`, 48)}`,
  ANTHROPIC_KEY: (random) => `${'sk'}-ant-api03-${random.text(`${word}_-`, 93)}AA`,
  STRIPE_KEY: (random) =>
    `${'sk'}_${random.pick(['live', 'test'])}_${random.text(word, random.pick([24, 99]))}`,
  STRIPE_TEST_KEY: (random) => `${'sk'}_test_${random.text(word, 24)}`,
  TWILIO_KEY: (random) => `S${'K'}${random.text(hex, 32)}`,
  JWT: (random) =>
    [
      base64Url('{"alg":"HS256","typ":"JWT"}'),
      base64Url(
        JSON.stringify({ sub: random.text(digits, 10), iat: 1_700_000_000 + random.below(9_999_999) }),
      ),
      random.text(`${word}_-`, 43),
    ].join('.'),
  PRIVATE_KEY: (random) => {
    const name = random.pick(['RSA ', 'EC ', 'OPENSSH ', '']);
    const lines = Array.from({ length: 6 }, () => random.text(base64Units, 64));
    return `-----${'BEGIN'} ${name}PRIVATE KEY-----\n${lines.join('\n')}\n-----END ${name}PRIVATE KEY-----`;
  },
  DB_URL: (random) => {
    const scheme = random.pick(['postgres', 'postgresql', 'mysql', 'mongodb+srv', 'redis', 'amqps']);
    const user = random.pick(['app', 'svc', 'admin', 'reporting']);
    return `${scheme}://${user}:${random.text(word, 14)}@db-${random.below(99)}.internal.example.com/${random.pick(['prod', 'billing'])}`;
  },
  URL_CREDENTIALS: (random) => `${random.pick(['deploy', 'ci', 'bot'])}:${random.text(word, 16)}`,
  BEARER_TOKEN: (random) => random.text(word, 40),
  BASIC_AUTH: (random) => btoa(`svc-${random.text(lowers, 4)}:${random.text(word, 13)}`),
  PASSWORD: (random) =>
    `${random.text(letters, 7)}${random.text(digits, 2)}${random.pick(['!', '#', '_', '-'])}${random.text(word, 4)}`,
  API_KEY: (random) => random.text(word, 36),
  AZURE_CONN: (random) =>
    `DefaultEndpointsProtocol=https;AccountName=st${random.text(lowers, 6)};${'Account'}Key=${random.text(base64Units, 86)}==;EndpointSuffix=core.windows.net`,
  DISCORD_TOKEN: (random) =>
    `${random.text(word, 24)}.${random.text(word, 6)}.${random.text(`${word}_-`, 27)}`,
};

/** Names under which rows ask for a type. */
const aliases: Readonly<Record<string, string>> = {
  DATABASE_URL: 'DB_URL',
  DB_PASSWORD: 'PASSWORD',
  API_TOKEN: 'API_KEY',
  TOKEN: 'API_KEY',
  GITHUB_PAT: 'GITHUB_TOKEN',
};

/** A token of one format: its prefix, and runs drawn until they look drawn. */
export function makeToken(format: SecretFormat, random: Random): string {
  for (let tries = 0; tries < 200; tries += 1) {
    const body = format.parts
      .map((part, i) => drawPart(part, random, i === format.parts.length - 1))
      .join('');
    const text = format.prefix + body;
    if (looksRandom(text, format.prefix.length, text.length)) return text;
  }
  throw new RangeError(`no token of ${format.detail}`);
}

function drawPart(part: TokenPart, random: Random, isLast: boolean): string {
  if (part.kind === 'literal') return part.text;
  const length = part.min + random.below(Math.min(part.max - part.min, 12) + 1);
  const characters = charactersOf(part.set);
  const inner = random.text(characters, Math.max(0, length - 1));
  // The last unit is a letter or digit, so that the text after it begins where the token ends.
  const ends = isLast ? characters.replace(/[^A-Za-z0-9]/g, '') : characters;
  return inner + random.text(ends, 1);
}

/** A national number of one rule in one of its printed forms, drawn until its check holds. */
export function makeNationalId(
  rule: IdRule,
  random: Random,
  print = random.pick(rule.print.split('|')),
): string {
  for (let tries = 0; tries < 400_000; tries += 1) {
    const value = Array.from(print, (form) => drawForm(form, random)).join('');
    const dated =
      rule.detail === 'CN_RESIDENT_ID'
        ? `${value.slice(0, 6)}19${50 + random.below(49)}${value.slice(10)}`
        : value;
    const plain = dated.replace(/[^0-9A-Z]/g, '');
    if (!plain.startsWith('0') && rule.check(plain)) return dated;
  }
  throw new RangeError(`no number of ${rule.detail}`);
}

function drawForm(form: string, random: Random): string {
  if (form === '9') return random.text(digits, 1);
  if (form === 'A') return random.text(uppers, 1);
  return form === 'X' ? random.text(`${digits}${digits}${uppers}`, 1) : form;
}

/** An IBAN of a country: letters for the bank where the country uses them. */
export function makeIban(country: string, length: number, random: Random): string {
  const bank = ['GB', 'NL', 'IE', 'MT', 'BG', 'RO', 'LV'].includes(country) ? random.text(uppers, 4) : '';
  const body = bank + random.text(digits, length - 4 - bank.length);
  for (let check = 2; check < 99; check += 1) {
    const iban = `${country}${String(check).padStart(2, '0')}${body}`;
    if (isIbanChecked(iban)) return iban;
  }
  throw new RangeError('no check digits');
}

/** A card number that begins so and is that long; the last digit makes Luhn hold. */
export function makeCard(head: string, length: number, random: Random): string {
  const body = head + random.text(digits, length - head.length - 1);
  for (let check = 0; check < 10; check += 1) if (luhn(digitsOf(`${body}${check}`))) return `${body}${check}`;
  throw new RangeError('no check digit');
}

/** A text whose `{TYPE}` places were filled, and where the values stand. */
export interface FilledText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
}

/** Fills the places of a template; names that nobody makes stay as they are. */
export function fillSecrets(template: string, random: Random): FilledText {
  const spans: { start: number; end: number; type: string }[] = [];
  let text = '';
  let at = 0;
  for (const match of template.matchAll(/\{([A-Z][A-Z0-9_]+)(?::([A-Z_]+))?\}/g)) {
    const name = match[1] ?? '';
    const type = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
    const value = makeValue(type, match[2], random);
    if (value === undefined) continue;
    text += template.slice(at, match.index);
    spans.push({ start: text.length, end: text.length + value.length, type });
    text += value;
    at = match.index + match[0].length;
  }
  return { text: text + template.slice(at), spans };
}

function makeValue(type: string, detail: string | undefined, random: Random): string | undefined {
  if (type === 'IBAN') return makeIbanText(random);
  if (type === 'CREDIT_CARD') return makeCardText(random);
  if (type === 'NATIONAL_ID') {
    const rules = idRules.filter((rule) => rule.detail === detail);
    const rule = rules[random.below(rules.length)];
    return rule === undefined ? undefined : makeNationalId(rule, random);
  }
  return makeSecret(type, random);
}

const ibanCountries: readonly (readonly [string, number])[] = [
  ...([
    ['DE', 22],
    ['GB', 22],
    ['FR', 27],
    ['ES', 24],
    ['IT', 27],
    ['NL', 18],
    ['BE', 16],
    ['AT', 20],
  ] as const),
  ...([
    ['CH', 21],
    ['PL', 28],
    ['PT', 25],
    ['SE', 24],
    ['NO', 15],
    ['DK', 18],
    ['FI', 18],
    ['IE', 22],
  ] as const),
];

function makeIbanText(random: Random): string {
  const [country, length] = random.pick(ibanCountries);
  const iban = makeIban(country, length, random);
  return random.below(3) === 0 ? iban.replace(/(.{4})(?=.)/g, '$1 ') : iban;
}

const cardHeads: readonly (readonly [string, number])[] = [
  ...([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['37', 15],
    ['34', 15],
    ['6011', 16],
    ['3530', 16],
  ] as const),
  ...([
    ['62', 16],
    ['36', 14],
  ] as const),
];

function makeCardText(random: Random): string {
  const [head, length] = random.pick(cardHeads);
  const card = makeCard(head, length, random);
  if (length === 15) return random.pick([card, card.replace(/^(.{4})(.{6})(.{5})$/, '$1 $2 $3')]);
  return length === 14
    ? card
    : random.pick([card, card.replace(/(.{4})(?=.)/g, '$1 '), card.replace(/(.{4})(?=.)/g, '$1-')]);
}

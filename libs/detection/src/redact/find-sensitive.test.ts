import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillSecrets, makeCard, makeIban, makeNationalId, makeToken } from '../../corpus/make-secrets.ts';
import { redactionRows } from '../../corpus/redaction-rows.ts';
import { seededRandom } from '../../corpus/seeded-random.ts';
import { evalRedaction } from './eval-redaction.ts';
import { findSensitive } from './find-sensitive.ts';
import { idRules } from './national-ids.ts';
import { secretFormats } from './prefix-secrets.ts';

const found = (text: string) =>
  findSensitive(text).map(({ start, end, type }) => [type, text.slice(start, end)]);

/** A value of a type, from a seed. */
const value = (type: string, seed = 7): string => fillSecrets(`{${type}}`, seededRandom(seed)).text;

const list = (name: string) =>
  readFileSync(new URL(`../../corpus/redaction/${name}.txt`, import.meta.url), 'utf8');

describe('formats of secrets', () => {
  it('are more than two hundred', () => {
    expect(secretFormats.length).toBeGreaterThan(200);
  });

  it.each(secretFormats.map((format) => [format.detail ?? '', format] as const))(
    'finds %s',
    (_name, format) => {
      const random = seededRandom(11);
      for (const [before, after] of [
        ['', ''],
        ['key: ', ' is set'],
        ['X="', '"'],
        ['(', ')'],
        ['see ', '.'],
      ]) {
        const token = makeToken(format, random);
        const text = `${before}${token}${after}`;
        expect(found(text).map(([, held]) => held)).toEqual([token]);
      }
    },
  );

  it('does not take a token of another length, nor the prefix alone', () => {
    const key = value('AWS_ACCESS_KEY');
    expect(found(`x ${key.slice(0, -1)} y`)).toEqual([]);
    expect(found(`x ${key}A y`)).toEqual([]);
    expect(found(`keys begin with ${key.slice(0, 4)}`)).toEqual([]);
  });
});

describe('secrets by their context', () => {
  it.each([
    ['aws_secret_access_key = ', 'AWS_SECRET_KEY', ''],
    ['Authorization: Bearer ', 'BEARER_TOKEN', ''],
    ['{"password":"', 'PASSWORD', '"}'],
    ['the password is ', 'PASSWORD', '.'],
    ['postgres = ', 'DB_URL', ''],
    ['clone https://', 'URL_CREDENTIALS', '@git.example.com/x'],
    ['Authorization: Basic ', 'BASIC_AUTH', ''],
    ['', 'AZURE_CONN', ''],
    ['bot ', 'DISCORD_TOKEN', ' runs'],
    ['', 'PRIVATE_KEY', ''],
    ['api_key=', 'API_KEY', '&page=2'],
    ['Passwort: ', 'PASSWORD', ''],
    ['パスワード：', 'PASSWORD', ''],
    ['пароль: ', 'PASSWORD', ''],
  ])('%s%s', (before, type, after) => {
    const held = value(type);
    expect(found(`${before}${held}${after}`)).toEqual([[type, held]]);
  });

  it('takes the name of a member as context', () => {
    const held = value('PASSWORD');
    expect(findSensitive(held, { name: 'dbPassword' })).toMatchObject([
      { start: 0, end: held.length, type: 'PASSWORD' },
    ]);
    expect(findSensitive(held, { name: 'title' })).toEqual([]);
  });
});

describe('personal data', () => {
  const random = seededRandom(3);
  const cases = idRules.flatMap((rule) =>
    rule.print.split('|').map((print) => [rule.detail, print, rule] as const),
  );

  it.each(cases)('finds %s as %s', (_detail, print, rule) => {
    const held = makeNationalId(rule, random, print);
    const text = `${rule.isSsn ? 'SSN' : 'national id'}: ${held}, checked`;
    expect(found(text).map(([, piece]) => piece)).toEqual([held]);
  });

  it('finds a card only while Luhn holds', () => {
    const card = makeCard('4', 16, random);
    expect(found(`pay ${card} now`)).toEqual([['CREDIT_CARD', card]]);
    const wrong = card.slice(0, -1) + ((Number(card.at(-1)) + 1) % 10);
    expect(found(`pay ${wrong} now`)).toEqual([]);
    const parted = card.replace(/(.{4})(?=.)/g, '$1 ');
    expect(found(`pay ${parted} now`)).toEqual([['CREDIT_CARD', parted]]);
  });

  it('finds an IBAN only while its check digits hold', () => {
    const iban = makeIban('DE', 22, random);
    expect(found(`to ${iban}.`)).toEqual([['IBAN', iban]]);
    const wrong = iban.slice(0, -1) + ((Number(iban.at(-1)) + 1) % 10);
    expect(found(`to ${wrong}.`)).toEqual([]);
  });

  it('tells an address of a machine from a version', () => {
    expect(found('login from 203.0.113.9 failed')).toEqual([['IP_ADDRESS', '203.0.113.9']]);
    expect(found('version 203.0.113.9 is out')).toEqual([]);
    expect(found('at 2001:db8:0:1::9f3 port 22')).toEqual([['IP_ADDRESS', '2001:db8:0:1::9f3']]);
  });

  it('finds names, addresses, dates of birth and record numbers by their context', () => {
    expect(found('Dear Maya Okafor, welcome')).toEqual([['PERSON', 'Maya Okafor']]);
    expect(found('She lives at 13 Baker Street, London NW1 6XE now')).toEqual([
      ['POSTAL_ADDRESS', '13 Baker Street, London NW1 6XE'],
    ]);
    expect(found('born 12 March 1985')).toEqual([['DATE_OF_BIRTH', '12 March 1985']]);
    expect(found('due 12 March 1985')).toEqual([]);
    expect(found('MRN 00418233')).toEqual([['MEDICAL_RECORD', '00418233']]);
  });
});

describe('hidden values', () => {
  const key = value('AWS_ACCESS_KEY');
  const token = value('GITHUB_TOKEN');

  it('finds them with zero-width characters inside, whole', () => {
    const text = `key ${key.slice(0, 8)}\u200b${key.slice(8)} end`;
    expect(found(text)).toEqual([['AWS_ACCESS_KEY', `${key.slice(0, 8)}\u200b${key.slice(8)}`]]);
  });

  it('finds digits and letters of other forms', () => {
    const card = makeCard('4', 16, seededRandom(1));
    const wide = Array.from(card, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0)).join('');
    expect(found(`card ${wide}`)).toEqual([['CREDIT_CARD', wide]]);
  });

  it('finds them in base64, base64 of base64, hex and with escapes', () => {
    const once = btoa(`token=${token}`);
    expect(found(`x ${once} y`)).toEqual([['GITHUB_TOKEN', once]]);
    const twice = btoa(once);
    expect(found(`x ${twice} y`)).toEqual([['GITHUB_TOKEN', twice]]);
    const hex = Array.from(`key ${token}`, (unit) => unit.charCodeAt(0).toString(16).padStart(2, '0')).join(
      '',
    );
    expect(found(`x ${hex} y`)).toEqual([['GITHUB_TOKEN', hex]]);
    expect(found('to maya.okafor%40example.com&x=1')).toEqual([['EMAIL', 'maya.okafor%40example.com']]);
    expect(found('"maya.okafor\\u0040example.com"')).toEqual([['EMAIL', 'maya.okafor\\u0040example.com']]);
  });

  it('finds them split over strings and lines', () => {
    for (const joint of ['" + "', '","', '\n', '" +\n  "']) {
      const split = `${token.slice(0, 20)}${joint}${token.slice(20)}`;
      expect(found(`x = "${split}"`)).toEqual([['GITHUB_TOKEN', split]]);
    }
  });
});

describe('rows', () => {
  const rows = redactionRows({ templates: list('templates'), clean: list('clean') }, { seed: 5, times: 4 });
  const report = evalRedaction(rows);

  it('finds the values of our templates', () => {
    expect(report.withoutNames.recall).toBeGreaterThan(0.99);
    expect(report.all.recall).toBeGreaterThan(0.98);
    expect(report.all.exact / report.all.total).toBeGreaterThan(0.98);
  });

  it('leaves clean texts alone', () => {
    expect(report.clean.rows).toBeGreaterThan(300);
    expect(report.clean.share).toBeLessThan(0.01);
    expect(report.extra).toBe(0);
  });
});

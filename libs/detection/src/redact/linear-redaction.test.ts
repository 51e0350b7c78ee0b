import { describe, expect, it } from 'vitest';
import { findSensitive } from './find-sensitive.ts';
import { redactText } from './redact-text.ts';
import { uniformPolicy } from './redaction-policy.ts';

/** Texts that make careless finders look at the same place again and again. */
const hostile: readonly string[] = [
  ...[
    '1',
    '1 ',
    '99 ',
    '4111 ',
    '1.',
    '1-',
    '555-',
    '+1',
    '+49 30 ',
    '01 ',
    '@',
    'a@',
    'a@b.c',
    '://',
    'https://a:b@',
  ],
  ...[
    ':',
    '::',
    'aa:',
    'password=',
    'password: ',
    'Bearer ',
    'accountkey=',
    '~',
    'Maya ',
    'Van de ',
    'born 1',
  ],
  ...[
    '12 Elm Street ',
    'Hauptstraße ',
    'DE89 ',
    'A1',
    '0x',
    'bc1',
    '"a" + ',
    "'a'",
    '\n',
    '%41',
    '&#64;',
    '\\u0041',
  ],
  ...[
    '<EMAIL_1>',
    '<',
    'é',
    '１',
    '\u200b1',
    'aws abc/',
    'phone 1',
    'dob 1985-03-',
    '{"a":',
    'QUFBQUFBQUFBQUFBQUFBQUFB ',
  ],
  ...[`${'ey'}J`, `${'sk'}-`, `${'AK'}IA`, `-----${'BEGIN'} PRIVATE KEY-----\n`, 'x'.repeat(23).concat('.')],
];

const repeatTo = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

describe('work', () => {
  it.each(hostile)('grows with the length alone: %j', (unit) => {
    const perUnit = [8_000, 16_000, 32_000].map((length) => {
      const meter = { steps: 0 };
      findSensitive(repeatTo(unit, length), { meter });
      return meter.steps / length;
    });
    expect(Math.max(...perUnit)).toBeLessThan(24);
    expect((perUnit[2] ?? 0) / (perUnit[0] ?? 1)).toBeLessThan(1.3);
  });

  it.each(['1', '@', 'A', '1 '])('is bounded for ten megabytes of %j, and says what it left out', (unit) => {
    const { isCut, hits } = redactText(unit.repeat(10_000_000 / unit.length), uniformPolicy('mask'), null);
    expect([isCut, hits]).toEqual([true, []]);
  });
});

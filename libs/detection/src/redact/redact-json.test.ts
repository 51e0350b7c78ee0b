import { type Schema, Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSecrets } from '../../corpus/make-secrets.ts';
import { seededRandom } from '../../corpus/seeded-random.ts';
import { findSensitive } from './find-sensitive.ts';
import { redactJson } from './redact-json.ts';
import { redactText } from './redact-text.ts';
import { uniformPolicy } from './redaction-policy.ts';
import { restoreTokens } from './restore-tokens.ts';
import { createTokenBook, parseTokenBook } from './token-book.ts';

const mask = uniformPolicy('mask');
const tokenise = uniformPolicy('tokenise');
const made = (template: string, seed = 5): string => fillSecrets(template, seededRandom(seed)).text;

describe('redactText', () => {
  it('masks by type and counts without values', () => {
    const mail = made('{EMAIL}');
    const { value, hits } = redactText(`to ${mail} and ${mail}`, mask, null);
    expect(value).toBe('to [EMAIL] and [EMAIL]');
    expect(hits).toEqual([{ path: '', type: 'EMAIL', action: 'mask', count: 2 }]);
  });

  it('watches, blocks and lets pass as the policy says', () => {
    const mail = made('{EMAIL}');
    const alert = redactText(mail, uniformPolicy('alert'), null);
    expect([alert.value, alert.hits[0]?.action, alert.blockedBy]).toEqual([mail, 'alert', null]);
    expect(redactText(mail, uniformPolicy('block'), null).blockedBy).toBe('EMAIL');
    expect(redactText(mail, uniformPolicy('allow'), null)).toMatchObject({ value: mail, hits: [] });
    expect(redactText(mail, { ...mask, byType: { EMAIL: 'allow' } }, null).value).toBe(mail);
  });

  it('gives the same value the same token, also in another worker', () => {
    const [a, b] = [made('{EMAIL}', 1), made('{EMAIL}', 2)];
    const book = createTokenBook();
    expect(redactText(`${a} ${b} ${a}`, tokenise, book).value).toBe('<EMAIL_1> <EMAIL_2> <EMAIL_1>');
    const other = parseTokenBook(book.serialise());
    expect(other.isChanged).toBe(false);
    expect(redactText(`${b} ${made('{EMAIL}', 3)}`, tokenise, other).value).toBe('<EMAIL_2> <EMAIL_3>');
  });

  it('masks what a full book cannot hold, and says so', () => {
    const book = createTokenBook({ maxTokens: 1, maxUnits: 1000 });
    const result = redactText(`${made('{EMAIL}', 1)} ${made('{EMAIL}', 2)}`, tokenise, book);
    expect([result.value, result.overflow, book.isFull]).toEqual(['<EMAIL_1> [EMAIL]', 1, true]);
  });

  it('says when a text was too long to be looked at', () => {
    expect(redactText('x'.repeat(100), mask, null, { maxUnits: 50 }).isCut).toBe(true);
  });
});

describe('redactJson', () => {
  it('redacts strings, numbers, names of members and labelled values', () => {
    const mail = made('{EMAIL}');
    const value = {
      [mail]: 1,
      card: 4_111_111_111_111_111,
      env: [{ name: 'DB_PASSWORD', value: made('{PASSWORD}') }],
      deep: { list: [mail, 'fine'] },
    };
    const redacted = redactJson(value, mask, null);
    expect(redacted.value).toEqual({
      '[EMAIL]': 1,
      card: 0,
      env: [{ name: 'DB_PASSWORD', value: '[PASSWORD]' }],
      deep: { list: ['[EMAIL]', 'fine'] },
    });
    expect(JSON.stringify(redacted.hits)).not.toContain(mail);
  });

  it('finds a key that is cut over neighbouring strings, and puts it together again', () => {
    const key = made('{AWS_ACCESS_KEY}');
    const book = createTokenBook();
    const value = { parts: ['a', key.slice(0, 9), key.slice(9)] };
    const redacted = redactJson(value, tokenise, book);
    expect(JSON.stringify(redacted.value)).not.toContain(key.slice(0, 9));
    expect(restoreTokens(redacted.value, book, () => true).value).toEqual(value);
  });

  it('stays valid JSON of its schema', () => {
    const schema: Schema = {
      type: 'object',
      required: ['email', 'born', 'card', 'code', 'kind'],
      additionalProperties: false,
      properties: {
        email: { type: 'string', format: 'email' },
        born: { type: 'string', format: 'date' },
        card: { type: 'integer', minimum: 1 },
        code: { type: 'string', pattern: '^[A-Z]{2}[0-9 ]+$' },
        kind: { enum: ['private', 'firm'] },
        phone: { type: 'string', maxLength: 6 },
        note: { $ref: '#/$defs/note' },
      },
      $defs: { note: { type: 'string', minLength: 3 } },
    };
    const value = {
      email: made('{EMAIL}'),
      born: '1985-03-12',
      card: 4_111_111_111_111_111,
      code: 'DE89 3704 0044 0532 0130 00',
      kind: 'private',
      note: `mail ${made('{EMAIL}')}`,
    };
    for (const policy of [mask, tokenise]) {
      const { value: redacted } = redactJson(value, policy, createTokenBook(), { schema });
      expect(new Validator(schema).validate(redacted).valid).toBe(true);
      for (const held of [value.email, value.code, String(value.card)]) {
        expect(JSON.stringify(redacted)).not.toContain(held);
      }
    }
  });

  it('leaves what no form of the schema could hide, and tells it', () => {
    const mail = made('{EMAIL}');
    const { value, hits } = redactJson({ to: mail }, mask, null, {
      schema: { properties: { to: { const: mail } } },
    });
    expect(value).toEqual({ to: mail });
    expect(hits.some(({ action }) => action === 'alert')).toBe(true);
  });
});

describe('restoreTokens', () => {
  it('restores inside longer strings where it may, and counts the rest', () => {
    const mail = made('{EMAIL}');
    const book = createTokenBook();
    redactText(`${mail} ${made('{PHONE}')}`, tokenise, book);
    const restored = restoreTokens(
      { to: ['mail <EMAIL_1> or <EMAIL_9>', '<PHONE_1>'] },
      book,
      (type) => type === 'EMAIL',
    );
    expect(restored).toEqual({
      value: { to: [`mail ${mail} or <EMAIL_9>`, '<PHONE_1>'] },
      restored: 1,
      unknown: 1,
      withheld: 1,
    });
  });

  it('does not give out a number that a text brought along', () => {
    const book = createTokenBook();
    const text = `<EMAIL_1> wrote to ${made('{EMAIL}')}`;
    const { value } = redactText(text, tokenise, book);
    expect(value).toBe('<EMAIL_1> wrote to <EMAIL_2>');
    expect(restoreTokens(value, book, () => true)).toMatchObject({ value: text, restored: 1, unknown: 1 });
  });
});

describe('properties', () => {
  const parts = [
    '{EMAIL}',
    '{PHONE}',
    '{IBAN}',
    '{CREDIT_CARD}',
    '{US_SSN}',
    '{GITHUB_TOKEN}',
    '{PASSWORD}',
    '{PERSON}',
    '{DB_URL}',
    '{JWT}',
  ];
  const words = [
    'password: ',
    'Dear ',
    '\n',
    '"',
    ', ',
    '<',
    '>',
    '<EMAIL_1>',
    'https://',
    '@',
    '\u200b',
    'é',
    '%40',
    ' ',
  ];
  const text = fc
    .tuple(
      fc.integer(),
      fc.array(fc.oneof(fc.constantFrom(...parts, ...words), fc.string({ unit: 'binary', maxLength: 12 })), {
        maxLength: 12,
      }),
    )
    .map(([seed, pieces]) => made(pieces.join(''), seed));

  it('gives disjoint spans inside the text, in order', () => {
    fc.assert(
      fc.property(text, (held) => {
        let at = 0;
        for (const { start, end } of findSensitive(held)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(held.length);
          at = end;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('changes nothing when it redacts a second time', () => {
    fc.assert(
      fc.property(text, (held) => {
        const once = redactText(held, mask, null).value;
        expect(redactText(once, mask, null).value).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  it('restores what it took', () => {
    fc.assert(
      fc.property(text, (held) => {
        const book = createTokenBook();
        const { value } = redactText(held, tokenise, book);
        expect(restoreTokens(value, book, () => true).value).toBe(held);
      }),
      { numRuns: 300 },
    );
  });

  it('takes any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void redactJson(value, mask, null)));
  });
});

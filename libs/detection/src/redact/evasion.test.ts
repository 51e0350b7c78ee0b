import { describe, expect, it } from 'vitest';
import { fillSecrets } from '../../corpus/make-secrets.ts';
import { seededRandom } from '../../corpus/seeded-random.ts';
import { findSensitive } from './find-sensitive.ts';
import { redactJson } from './redact-json.ts';
import { redactText } from './redact-text.ts';
import { uniformPolicy } from './redaction-policy.ts';

const mask = uniformPolicy('mask');
const made = (template: string): string => fillSecrets(template, seededRandom(7)).text;
const token = made('{GITHUB_TOKEN}');

describe('a token that somebody wrote', () => {
  it('hides no secret beside it in a name', () => {
    const { value } = redactJson({ [`${token} <EMAIL_1>`]: 1 }, mask, null);
    expect(JSON.stringify(value)).not.toContain(token);
  });

  it('hides no key around it', () => {
    const line = 'MIIEpAIBAAKCAQEA7bq3ZsdfkjhsdfKJHSDFkjhsdf87xQ23hsdfKJH';
    for (const odd of ['<EMAIL_1>', '# note;', '> '] as const) {
      const key = `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${line}\n${odd}\n${line}\n-----END RSA ${'PRIVATE'} KEY-----`;
      expect(redactText(key, mask, null).value, odd).toBe('[PRIVATE_KEY]');
    }
  });

  it('stays what it is', () => {
    const text = 'password: <PASSWORD_1>, mail <EMAIL_2>';
    expect(redactText(text, mask, null).value).toBe(text);
  });
});

describe('a schema that takes no mask', () => {
  it('hides no name: what can be renamed is, the rest is told', () => {
    const open = { patternProperties: { '^.{20,}$': {} }, additionalProperties: true };
    for (const schema of [open, { additionalProperties: false, patternProperties: { '^gh': {} } }]) {
      const { value, hits } = redactJson({ [token]: 1 }, mask, null, { schema });
      expect(hits.some(({ action }) => action === 'alert') || !JSON.stringify(value).includes(token)).toBe(
        true,
      );
      expect(hits).not.toEqual([]);
    }
  });

  it('does not weaken a block of a number', () => {
    const schema = { properties: { card: { type: 'integer', exclusiveMinimum: 4_000_000_000_000_000 } } };
    const blocked = redactJson({ card: 4_111_111_111_111_111 }, uniformPolicy('block'), null, { schema });
    expect(blocked.blockedBy).toBe('CREDIT_CARD');
  });
});

it('reads a web token to its parts, not to the end of whatever follows', () => {
  const [header, payload, signature] = [
    `${'ey'}JhbGciOiJIUzI1NiJ9`,
    'eyJzdWIiOiJ4OTMifQ',
    'q7Zt0Xk3Vb9LmR2sYw8HcN5d',
  ];
  const text = [header, payload, signature, ...Array.from({ length: 200 }, () => `${'ey'}Ja`)].join('.');
  const [span] = findSensitive(text);
  expect(span).toMatchObject({ start: 0, type: 'JWT' });
  expect(span?.end).toBeLessThan(200);
});

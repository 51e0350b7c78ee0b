import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArgumentSchemas } from './argument-schema.ts';
import { compileQuick } from './quick-schema.ts';

const check = (schema: unknown, args: unknown) =>
  createArgumentSchemas().check(JSON.stringify(schema), () => schema, args, JSON.stringify(args).length).kind;

describe('argument schemas', () => {
  it('accept what fits and name what does not', () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
    expect(check(schema, { a: 1 })).toBe('fits');
    expect(createArgumentSchemas().check('x', () => schema, { a: 'x' }, 9)).toMatchObject({
      kind: 'misfits',
      problems: expect.arrayContaining([expect.objectContaining({ path: '/a' })]),
    });
  });

  it('match patterns in linear time', () => {
    const schema = { properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    expect(check(schema, { a: 'aaa' })).toBe('fits');
    expect(check(schema, { a: `${'a'.repeat(200)}b` })).toBe('misfits');
  });

  it('refuse patterns of names that could backtrack, and keep the plain ones', () => {
    expect(check({ patternProperties: { '^(a+)+$': { type: 'string' } } }, { a: 1 })).toBe('unusable');
    expect(check({ patternProperties: { '^x-': { type: 'string' } } }, { 'x-a': 1 })).toBe('misfits');
    expect(check({ patternProperties: { '^x-': { type: 'string' } } }, { 'x-a': 'b' })).toBe('fits');
  });

  it('bound what one check may cost', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => at);
    expect(check({ properties: { a: { uniqueItems: true } } }, { a: many })).toBe('unusable');
    expect(check({ properties: { a: { $ref: 'https://example.com/schema' } } }, { a: 1 })).toBe('unusable');
  });

  it('T19: give up on a check that would hold the thread, however small the schema looks', () => {
    const wide = {
      properties: { a: { items: { allOf: Array.from({ length: 3_000 }, () => ({ minimum: 0 })) } } },
    };
    expect(check(wide, { a: Array.from({ length: 20_000 }, () => 1) })).toBe('unusable');
    expect(check(wide, { a: [1, 2] })).toBe('fits');
    const doubled = { allOf: Array.from({ length: 60 }, () => ({ $ref: '#/$defs/n' })) };
    const $defs = { n: { allOf: Array.from({ length: 300 }, () => ({ minimum: 0 })) } };
    const many = { $defs, properties: { a: { items: doubled } } };
    expect(check(many, { a: Array.from({ length: 1_000 }, () => 1) })).toBe('unusable');
    expect(check(many, { a: [1, 2] })).toBe('fits');
  });

  it('T20: give up on a pattern whose states times the text would hold the thread', () => {
    const schema = { properties: { a: { type: 'string', pattern: '(a?){200}a{200}$' } } };
    expect(check(schema, { a: 'a'.repeat(100_000) })).toBe('unusable');
    expect(check(schema, { a: 'a'.repeat(300) })).toBe('fits');
    expect(check({ properties: { a: { pattern: '^[a-z]+$' } } }, { a: 'a'.repeat(100_000) })).toBe('fits');
  });

  it('leave formats to the upstream', () => {
    expect(check({ properties: { a: { type: 'string', format: 'email' } } }, { a: 'no address' })).toBe(
      'fits',
    );
  });
});

const leaf = fc.oneof(
  fc
    .constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array')
    .map((type) => ({ type })),
  fc.record({ minimum: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ exclusiveMaximum: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ maxLength: fc.nat(4), minLength: fc.nat(2) }),
  fc.record({ maxItems: fc.nat(3), minItems: fc.nat(2) }),
  fc.record({
    enum: fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.integer({ min: 0, max: 3 })), { minLength: 1 }),
  }),
  fc.constant(true as const),
);
const names = fc.constantFrom('a', 'b', '__proto__', 'toString');
const schemas = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record(
      {
        type: fc.constantFrom('object', 'array'),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 3 }),
        required: fc.array(names, { maxLength: 2 }),
        additionalProperties: fc.boolean(),
        items: tie('schema'),
      },
      { requiredKeys: [] },
    ),
  ),
})).schema;

describe('quick checks', () => {
  it('accept nothing that the full validator refuses', () => {
    fc.assert(
      fc.property(schemas, fc.jsonValue({ maxDepth: 3 }), (schema, value) => {
        const quick = compileQuick(schema);
        if (!quick?.(value)) return true;
        const copy = structuredClone(schema) as object;
        return new Validator(copy, '2020-12').validate(value).valid;
      }),
      { numRuns: 3_000 },
    );
  });
});

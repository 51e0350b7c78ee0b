import { describe, expect, it } from 'vitest';
import { guessRoles } from './guess-roles.ts';

const roles = (inputSchema: object) =>
  guessRoles({ name: 'run', definition: JSON.stringify({ name: 'run', inputSchema }) });

describe('guessRoles', () => {
  it('names text members of a schema by pointer, items with a star', () => {
    const text = { type: 'string' };
    const schema = {
      type: 'object',
      properties: {
        path: text,
        count: { type: 'integer' },
        'a/b': { ...text, format: 'uri' },
        files: { type: 'array', items: { type: 'object', properties: { path: text } } },
      },
    };
    expect(roles(schema)).toEqual({ '/path': 'path', '/a~1b': 'url', '/files/*/path': 'path' });
  });

  it('bears schemas that are none, and ones without an end', () => {
    expect(guessRoles({ name: 'x', definition: 'no json' })).toEqual({});
    expect(roles({ properties: 'x' })).toEqual({});
    let deep: object = { type: 'string' };
    for (let i = 0; i < 100; i += 1) deep = { properties: { a: deep } };
    expect(roles(deep)).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`a${i}`, { type: 'string' }]));
    expect(Object.keys(roles({ properties: many }))).toHaveLength(200);
  });
});

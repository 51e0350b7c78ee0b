import { describe, expect, it } from 'vitest';
import { indentInOrder, indentJson, readDefinition } from './read-schema.ts';

describe('readDefinition', () => {
  it('lists nested arguments with their type, need and choices', () => {
    const read = readDefinition(
      JSON.stringify({
        description: 'x',
        inputSchema: {
          type: 'object',
          required: ['a'],
          properties: {
            a: { type: 'array', items: { type: 'object', properties: { b: { enum: ['p', 1] } } } },
          },
        },
      }),
    );
    expect(
      read?.fields.map(({ path, type, isRequired, values }) => [path, type, isRequired, values]),
    ).toEqual([
      ['/a', 'object[]', true, null],
      ['/a/items/b', 'any', false, ['"p"', '1']],
    ]);
  });

  it('survives what a hostile server may send', () => {
    const deep = (depth: number): unknown =>
      depth === 0 ? {} : { type: 'object', properties: { x: deep(depth - 1) } };
    expect(readDefinition('not json')).toBeNull();
    expect(readDefinition('[1]')).toBeNull();
    expect(readDefinition('{"inputSchema":{"properties":{"a":null},"required":"a"}}')?.fields).toHaveLength(
      1,
    );
    expect(readDefinition(JSON.stringify({ inputSchema: deep(40) }))?.fields.length).toBeLessThan(10);
    expect(indentJson('{"a":1')).toBe('{"a":1');
  });
});

describe('indentInOrder', () => {
  it('writes two orders of the same members as one text', () => {
    expect(indentInOrder('{"b":{"d":1,"c":[2,1]},"a":"x"}')).toBe(
      indentInOrder('{"a":"x","b":{"c":[2,1],"d":1}}'),
    );
    expect(indentInOrder('{"a":1')).toBe('{"a":1');
  });
});

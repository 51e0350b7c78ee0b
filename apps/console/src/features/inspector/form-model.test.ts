import { describe, expect, it } from 'vitest';
import {
  expandTemplate,
  promptFields,
  readForm,
  startValues,
  templateFields,
  toArguments,
} from './form-model.ts';

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string', title: 'City', description: 'Where' },
    days: { type: 'integer', default: 3 },
    scale: { enum: ['C', 'F'] },
    level: {
      oneOf: [
        { const: 1, title: 'Low' },
        { const: 2, title: 'High' },
      ],
    },
    tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
    wide: { type: 'boolean', default: true },
    where: { type: 'object', properties: { lat: { type: 'number' } } },
  },
  required: ['city', 'scale'],
};

describe('readForm', () => {
  const fields = readForm(schema) ?? [];

  it('finds a control for every kind of value', () => {
    expect(fields.map(({ name, control }) => [name, control])).toEqual([
      ['city', 'text'],
      ['days', 'integer'],
      ['scale', 'choice'],
      ['level', 'choice'],
      ['tags', 'choices'],
      ['wide', 'boolean'],
      ['where', 'json'],
    ]);
    expect(fields[3]?.options).toEqual([
      { value: '1', label: 'Low' },
      { value: '2', label: 'High' },
    ]);
  });

  it('starts with the defaults, and the first choice where one must be made', () => {
    expect(startValues(fields)).toMatchObject({ city: '', days: '3', scale: '"C"', level: '', wide: true });
  });

  it('leaves the form to raw JSON where the shape is not flat', () => {
    expect(readForm({ oneOf: [{ type: 'object' }] })).toBeNull();
    expect(readForm({ type: 'object', properties: { a: {} }, anyOf: [] })).toBeNull();
    expect(readForm(true)).toBeNull();
    expect(readForm({ type: 'object' })).toEqual([]);
  });
});

describe('toArguments', () => {
  const fields = readForm(schema) ?? [];

  it('gives typed values and leaves empty ones out', () => {
    const values = { ...startValues(fields), city: 'Bern', level: '2', tags: ['"a"'], where: '{"lat":1.5}' };
    expect(toArguments(fields, values)).toEqual({
      kind: 'ok',
      value: { city: 'Bern', days: 3, scale: 'C', level: 2, tags: ['a'], wide: true, where: { lat: 1.5 } },
    });
    const bare = { ...startValues(fields), days: '', city: 'Bern' };
    expect(toArguments(fields, bare)).toEqual({
      kind: 'ok',
      value: { city: 'Bern', scale: 'C', wide: true },
    });
  });

  it('names what cannot be sent', () => {
    const values = { ...startValues(fields), days: '1.5', where: '{', scale: '' };
    expect(toArguments(fields, values)).toEqual({
      kind: 'problems',
      problems: { days: 'integer', where: 'json', scale: 'required' },
    });
  });
});

describe('prompts and templates', () => {
  it('become fields by the names they give', () => {
    expect(promptFields([{ name: 'topic', required: true }, { name: 7 }, 'x'])).toMatchObject([
      { name: 'topic', isRequired: true, control: 'text' },
    ]);
    expect(templateFields('file:///{+path}{?a,b*}/{a}').map(({ name }) => name)).toEqual(['path', 'a', 'b']);
  });

  it('expand as the template says', () => {
    expect(expandTemplate('test://{id}/x', { id: 'a b/c' })).toBe('test://a%20b%2Fc/x');
    expect(expandTemplate('file:///{+path}', { path: 'a/b c' })).toBe('file:///a/b%20c');
    expect(expandTemplate('x{/a,b}{?q,r}', { a: '1', b: '2', q: 'z', r: '' })).toBe('x/1/2?q=z&r=');
  });
});

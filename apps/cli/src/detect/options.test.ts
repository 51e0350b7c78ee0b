import { describe, expect, it } from 'vitest';
import { readRedactOptions } from '../redact/redact-options.ts';
import { readDetectOptions } from './detect-options.ts';

describe('readDetectOptions', () => {
  it.each([
    [[]],
    [['--jsonl', '--text', 'x']],
    [['--jsonl', '--surface', 'mail']],
    [['--json']],
    [['rows.jsonl']],
  ])('refuses %j', (args) => expect(readDetectOptions(args).kind).toBe('wrong'));

  it('takes a result where a text names no surface', () => {
    expect(readDetectOptions(['--text', ''])).toMatchObject({ kind: 'text', surface: 'tool_result' });
    expect(readDetectOptions(['--jsonl'])).toMatchObject({ kind: 'jsonl', surface: null });
  });
});

describe('readRedactOptions', () => {
  it.each([[[]], [['--jsonl', '--types', 'EMAILS']], [['--jsonl', '--types', '']]])('refuses %j', (args) =>
    expect(readRedactOptions(args).kind).toBe('wrong'),
  );

  it('takes every type without a list, names of people among them', () => {
    const options = readRedactOptions(['--jsonl']);
    expect(options.kind === 'jsonl' && options.types.has('PERSON')).toBe(true);
  });
});

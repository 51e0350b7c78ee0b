import { describe, expect, it } from 'vitest';
import { createEventReader } from './read-events.ts';

function read(text: string, size: number): string[] {
  const seen: string[] = [];
  const reader = createEventReader((data) => seen.push(data));
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  reader.end();
  return seen;
}

describe('createEventReader', () => {
  it.each([1, 2, 3, 7, 1000])('finds the same events in pieces of %i characters', (size) => {
    const text =
      ': hello\n\nevent: message\ndata: {"a":1}\n\ndata: one\ndata: two\r\n\r\nid: 4\n\ndata: last';
    expect(read(text, size)).toEqual(['{"a":1}', 'one\ntwo', 'last']);
  });

  it('drops comments and events without data', () => {
    expect(read(': keep-alive\n\ndata:\n\n', 4)).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCursor, pageSize, readCursor, toPage, writeCursor } from './cursor.ts';

describe('cursors', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.uuid(), (value, id) => {
        expect(readCursor(writeCursor({ value, id }), 'date')).toEqual({ value, id });
      }),
    );
    expect(readCursor(writeCursor({ value: 'Ünïcode', id: 'x' }), 'text')).toEqual({
      value: 'Ünïcode',
      id: 'x',
    });
    expect(readCursor(undefined, 'date')).toBeUndefined();
  });

  it('of another list or another hand are refused as input, never crash', () => {
    expect(() => readCursor(writeCursor({ value: 'text', id: 'x' }), 'date')).toThrow(/not one of ours/);
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (text) => {
        try {
          readCursor(text, 'number');
        } catch (cause) {
          expect(cause).toMatchObject({ code: 'invalid_input' });
        }
      }),
    );
  });

  it('walk a list without a gap and without a repetition', () => {
    const rows = Array.from({ length: 25 }, (_, n) => ({ at: new Date(n >> 2), id: `id-${n}` }));
    const first = toPage(rows.slice(0, 11), 10, (row) => ({ value: row.at, id: row.id }));
    expect(first.nodes).toHaveLength(10);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const cursor = readCursor(first.pageInfo.endCursor, 'date');
    expect(afterCursor(cursor, 'at', 'asc')).toEqual({
      AND: [{ at: { gte: new Date(2) } }, { OR: [{ at: { gt: new Date(2) } }, { id: { gt: 'id-9' } }] }],
    });
    expect(toPage([], 10, () => ({ value: 0, id: '' })).pageInfo).toEqual({
      hasNextPage: false,
      endCursor: null,
    });
  });

  it('bound the page', () => {
    expect(pageSize(50)).toBe(50);
    for (const size of [0, -1, 201, 1.5, Number.NaN])
      expect(() => pageSize(size)).toThrow(/between 1 and 200/);
  });
});

import { AppError } from '@sallyport/kernel';

export const maxPageSize = 200;

/** Where the next page starts: the sort time and id of the last row shown (keyset, so inserts never shift pages). */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

/** Writes a cursor as opaque text. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.toISOString()}|${cursor.id}`).toString('base64url');
}

/**
 * Reads a cursor.
 * @throws AppError `invalid_input`
 */
export function readCursor(text: string | null | undefined): Cursor | undefined {
  if (text === null || text === undefined) return undefined;
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new AppError('invalid_input', 'the cursor is not valid', { details: { field: 'after' } });
  }
  return { at, id };
}

/**
 * Checks a page size.
 * @throws AppError `invalid_input`
 */
export function readPageSize(first: number): number {
  if (first >= 1 && first <= maxPageSize) return first;
  throw new AppError('invalid_input', `first must be 1 to ${maxPageSize}`, {
    details: { field: 'first', value: first, max: maxPageSize },
  });
}

/** Cuts `size + 1` rows to a page and says whether more follow. */
export function toPage<Row>(
  rows: readonly Row[],
  size: number,
  cursorOf: (row: Row) => Cursor,
): { readonly rows: readonly Row[]; readonly pageInfo: { hasNextPage: boolean; endCursor: string | null } } {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    rows: shown,
    pageInfo: { hasNextPage: rows.length > size, endCursor: last ? writeCursor(cursorOf(last)) : null },
  };
}

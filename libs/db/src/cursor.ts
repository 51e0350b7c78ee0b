import { AppError } from '@sallyport/kernel';

/** Where a page ended: the sort value and the id that breaks ties. */
export interface Cursor {
  readonly value: Date | string | number;
  readonly id: string;
}

export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type SortKind = 'date' | 'text' | 'number';

const largestPage = 200;

/** Checks the page size a caller asks for. @throws AppError `invalid_input` outside 1–200. */
export function pageSize(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > largestPage) {
    throw new AppError('invalid_input', `first must be between 1 and ${largestPage}, not ${first}`, {
      details: { field: 'first', limit: largestPage },
    });
  }
  return first;
}

/** Writes an opaque cursor. */
export function writeCursor(cursor: Cursor): string {
  const value = cursor.value instanceof Date ? cursor.value.getTime() : cursor.value;
  return Buffer.from(JSON.stringify([value, cursor.id])).toString('base64url');
}

/** Reads a cursor back. @throws AppError `invalid_input` for anything this code did not write. */
export function readCursor(text: string | null | undefined, kind: SortKind): Cursor | undefined {
  if (text === null || text === undefined) return undefined;
  const pair = parsePair(text);
  const [value, id] = pair ?? [];
  if (typeof id !== 'string' || id.length > 200) throw badCursor();
  if (kind === 'text' && typeof value === 'string') return { value, id };
  if (kind === 'number' && typeof value === 'number') return { value, id };
  if (kind === 'date' && typeof value === 'number' && Math.abs(value) <= 8.64e15)
    return { value: new Date(value), id };
  throw badCursor();
}

/**
 * Prisma's `where` for rows after the cursor, in a form that Postgres answers from the index `(value, id)`.
 * @example where: { ...filter, ...afterCursor(readCursor(after, 'date'), 'at', 'desc') }, take: first + 1
 */
export function afterCursor(
  cursor: Cursor | undefined,
  field: string,
  direction: 'asc' | 'desc',
): { readonly AND?: object[] } {
  if (cursor === undefined) return {};
  const [beyond, upTo] = direction === 'desc' ? (['lt', 'lte'] as const) : (['gt', 'gte'] as const);
  return {
    AND: [
      { [field]: { [upTo]: cursor.value } },
      { OR: [{ [field]: { [beyond]: cursor.value } }, { id: { [beyond]: cursor.id } }] },
    ],
  };
}

/** Cuts `first + 1` rows to a page. */
export function toPage<Row>(rows: readonly Row[], first: number, cursorOf: (row: Row) => Cursor): Page<Row> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : writeCursor(cursorOf(last)),
    },
  };
}

function parsePair(text: string): readonly unknown[] | undefined {
  if (text.length > 1024) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.length === 2 ? value : undefined;
  } catch {
    return undefined;
  }
}

function badCursor(): AppError {
  return new AppError('invalid_input', 'The cursor is not one of ours.', { details: { field: 'after' } });
}

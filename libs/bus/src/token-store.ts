import { randomBytes } from 'node:crypto';
import { connectRedis } from './connect-redis.ts';
import { keys } from './keys.ts';
import { openJson, type TextSealer } from './text-sealer.ts';

/** How far a book was read: it only grows, so its epoch and size name one state of it. */
export interface BookMark {
  readonly epoch: string;
  readonly size: number;
}

/** A book as it stands in Redis. */
export interface StoredBook {
  readonly mark: BookMark;
  readonly entries: ReadonlyMap<string, string>;
}

/**
 * The tokens that were given out in a session, for any worker. A book is append-only: what a token stands for never
 * changes, and who adds proves that it knew all that was there. Every operation fails soon when Redis does not answer.
 */
export interface TokenStore {
  /** `same` where nothing was added since `known`; `undefined` where there is no book. */
  load(book: string, known: BookMark | undefined): Promise<StoredBook | 'same' | undefined>;
  /**
   * Adds entries and keeps the book for another idle time; `conflict` when it is not as `known` says any more.
   * @throws RangeError for more than the limits allow
   */
  add(
    book: string,
    known: BookMark | undefined,
    entries: ReadonlyMap<string, string>,
  ): Promise<BookMark | 'conflict'>;
  close(): void;
}

/** Bounds of one book. */
export const tokenLimits = {
  maxEntries: 1_024,
  maxEntryCharacters: 1_024,
  /** A session that says nothing for so long is over, and what its tokens stood for is forgotten. */
  idleMs: 30 * 60_000,
} as const;

/** Fields that are no tokens: which book it is, and how many entries it has. */
const own = { epoch: 'e', size: 'n' } as const;

// Compare and add in one step: two workers that both give out the next number must not both succeed.
const addScript = `
local mark = redis.call('HMGET', KEYS[1], '${own.epoch}', '${own.size}')
if (mark[1] or '') ~= ARGV[1] or (mark[2] or '0') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], '${own.epoch}', ARGV[3], '${own.size}', ARGV[4])
for i = 6, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1`;

/** Opens the store on a connection of its own. */
export function createTokenStore(input: {
  readonly url: string;
  readonly name: string;
  readonly sealer: TextSealer;
  readonly onError: (cause: Error) => void;
}): TokenStore {
  const { url, name, sealer, onError } = input;
  const redis = connectRedis({ url, kind: 'command', name: `${name}-tok`, onError });
  return {
    async load(book, known) {
      const [epoch, size] = await redis.hmget(keys.tokens(book), own.epoch, own.size);
      const mark = toMark(epoch, size);
      if (!mark) return undefined;
      if (known && known.epoch === mark.epoch && known.size === mark.size) return 'same';
      const all = await redis.hgetall(keys.tokens(book));
      const found = toMark(all[own.epoch], all[own.size]);
      if (!found) return undefined;
      return { mark: found, entries: openEntries(sealer, book, all) };
    },
    async add(book, known, entries) {
      const size = (known?.size ?? 0) + entries.size;
      if (size > tokenLimits.maxEntries) throw new RangeError(`more than ${tokenLimits.maxEntries} entries`);
      const epoch = known?.epoch ?? randomBytes(9).toString('base64url');
      const more: string[] = [];
      for (const [field, value] of entries) {
        if (value.length > tokenLimits.maxEntryCharacters) throw new RangeError(`${field} is too long`);
        more.push(field, sealer.seal(JSON.stringify(value), aad(book, field)));
      }
      const done = await redis.eval(
        addScript,
        1,
        keys.tokens(book),
        known?.epoch ?? '',
        known?.size ?? 0,
        epoch,
        size,
        tokenLimits.idleMs,
        ...more,
      );
      return done === 1 ? { epoch, size } : 'conflict';
    },
    close: () => redis.disconnect(),
  };
}

// An entry moved to another book or token does not open.
const aad = (book: string, field: string): string => `tok|${book}|${field}`;

function openEntries(
  sealer: TextSealer,
  book: string,
  fields: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const [field, text] of Object.entries(fields)) {
    if (field === own.epoch || field === own.size) continue;
    const value = openJson(sealer, text, aad(book, field));
    if (typeof value === 'string') entries.set(field, value);
  }
  return entries;
}

function toMark(epoch: string | null | undefined, size: string | null | undefined): BookMark | undefined {
  return epoch && size ? { epoch, size: Number(size) } : undefined;
}

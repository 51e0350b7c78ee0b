import { createHash } from 'node:crypto';
import type { BookMark, TokenStore } from '@sallyport/bus';
import { tokenLimits } from '@sallyport/bus';
import type { SensitiveType, TokenBook } from '@sallyport/detection';
import { createLru } from '../wire/lru.ts';

/** Whose tokens: a legacy session, else whoever calls with one key at one endpoint. */
export interface BookOwner {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly nonce: string | null;
}

/** The book of a session as one inspection uses it: what it adds is there for others once it was committed. */
export interface TokenDraft extends TokenBook {
  /** A token of it is in what was made. */
  readonly isUsed: boolean;
  /**
   * Writes what was added before anything with it leaves. `conflict`: another worker was faster, take a new draft.
   * `unavailable`: nobody else could read it; tokens that were known before are good all the same.
   */
  commit(): Promise<'done' | 'conflict' | 'unavailable'>;
}

/** The tokens of all sessions that speak here; for any worker, as long as Redis is there. */
export interface TokenBooks {
  /** `canAdd` false: only tokens that are there already. `serverId`: where the values come from; `null` = the caller. */
  draft(owner: BookOwner, serverId: string | null, canAdd: boolean): TokenDraft;
  /** Reads what other workers have added. */
  refresh(owner: BookOwner): Promise<void>;
  /** What a token stands for, and whether this server is one that it came from. */
  find(owner: BookOwner, token: string, serverId: string): { value: string; isOfServer: boolean } | undefined;
}

/** Bounds of what workers keep of books, and of the time that a call waits for them. */
export const bookLimits = {
  maxValueUnits: 512,
  /** Entries of all books that this worker remembers. */
  maxKept: 50_000,
  waitMs: 250,
  /** After a failure nobody waits for so long. */
  restMs: 2_000,
} as const;

interface Book {
  readonly mark: BookMark;
  /** By token, without its brackets. */
  readonly values: ReadonlyMap<string, string>;
  readonly tokens: ReadonlyMap<string, string>;
  /** `EMAIL_1@server`. */
  readonly origins: ReadonlySet<string>;
  readonly lastNumbers: ReadonlyMap<string, number>;
  readonly seenAt: number;
}

/** Keeps books in memory and, where there is one, in a store that all workers share. */
export function createTokenBooks(input: {
  readonly store: TokenStore | undefined;
  readonly nowMs: () => number;
}): TokenBooks {
  const { store, nowMs } = input;
  const kept = createLru<string, Book>(bookLimits.maxKept, ({ mark }) => mark.size + 1);
  let restsUntil = 0;
  const known = (id: string): Book | undefined => {
    const book = kept.get(id);
    if (!book || nowMs() - book.seenAt <= tokenLimits.idleMs) return book;
    kept.delete(id);
    return undefined;
  };
  /** Runs something on the store; `unavailable` when it fails or takes too long. */
  const ask = async <T>(work: (store: TokenStore) => Promise<T>): Promise<T | 'unavailable'> => {
    if (!store || nowMs() < restsUntil) return 'unavailable';
    try {
      return await within(work(store), bookLimits.waitMs);
    } catch {
      restsUntil = nowMs() + bookLimits.restMs;
      return 'unavailable';
    }
  };
  const refresh = async (id: string): Promise<void> => {
    const book = known(id);
    const found = await ask((from) => from.load(id, book?.mark));
    if (found === 'unavailable') return;
    // What Redis has lost is lost: another worker may begin the same numbers anew.
    if (found === undefined) return void kept.delete(id);
    const read = found === 'same' ? book : bookOf(found.mark, found.entries, nowMs());
    if (!read) return;
    kept.set(id, { ...read, seenAt: nowMs() });
    // It is in use: nobody waits until it is kept for another while.
    void ask((to) => to.add(id, read.mark, new Map()));
  };
  const commit = async (
    id: string,
    base: Book | undefined,
    added: ReadonlyMap<string, string>,
  ): Promise<'done' | 'conflict' | 'unavailable'> => {
    const mark = await ask((to) => to.add(id, base?.mark, added));
    if (mark === 'unavailable') return mark;
    if (mark === 'conflict') {
      await refresh(id);
      return mark;
    }
    kept.set(id, grow(base, mark, added, nowMs()));
    return 'done';
  };
  return {
    draft(owner, serverId, canAdd) {
      const id = idOf(owner);
      const book = known(id);
      return createDraft({ book, serverId, canAdd, commit: (added) => commit(id, book, added) });
    },
    refresh: (owner) => refresh(idOf(owner)),
    find(owner, token, serverId) {
      const book = known(idOf(owner));
      const name = token.slice(1, -1);
      const value = book?.values.get(name);
      if (value === undefined) return undefined;
      return { value, isOfServer: book?.origins.has(`${name}@${serverId}`) === true };
    },
  };
}

function idOf({ tenantId, endpointId, keyId, nonce }: BookOwner): string {
  const text = JSON.stringify([tenantId, endpointId, keyId, nonce]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

const nameOf = (type: string, value: string): string => `${type} ${value}`;

function createDraft(input: {
  readonly book: Book | undefined;
  readonly serverId: string | null;
  readonly canAdd: boolean;
  readonly commit: (added: ReadonlyMap<string, string>) => ReturnType<TokenDraft['commit']>;
}): TokenDraft {
  const { book, serverId, canAdd } = input;
  const added = new Map<string, string>();
  const fresh = new Map<string, string>();
  const numbers = new Map(book?.lastNumbers);
  const reserved = new Set<string>();
  let isUsed = false;
  let isFull = false;
  const hasRoom = (entries: number): boolean =>
    (book?.mark.size ?? 0) + added.size + entries <= tokenLimits.maxEntries;
  const nextToken = (type: SensitiveType): string => {
    let number = (numbers.get(type) ?? 0) + 1;
    while (reserved.has(`${type}_${number}`)) number += 1;
    numbers.set(type, number);
    return `${type}_${number}`;
  };
  const noteOrigin = (token: string): void => {
    const origin = `${token}@${serverId}`;
    if (serverId === null || !canAdd || book?.origins.has(origin) || !hasRoom(1)) return;
    added.set(origin, '1');
  };
  return {
    tokenFor(type, value) {
      const name = nameOf(type, value);
      let token = book?.tokens.get(name) ?? fresh.get(name);
      if (token === undefined) {
        isFull ||= !hasRoom(2);
        if (!canAdd || isFull || value.length > bookLimits.maxValueUnits) return undefined;
        token = nextToken(type);
        fresh.set(name, token);
        added.set(token, value);
      }
      noteOrigin(token);
      isUsed = true;
      return `<${token}>`;
    },
    valueOf: (token) => book?.values.get(token.slice(1, -1)),
    reserve: (type, number) => void reserved.add(`${type}_${number}`),
    get isChanged() {
      return added.size > 0;
    },
    get isFull() {
      return isFull;
    },
    get size() {
      return (book?.values.size ?? 0) + fresh.size;
    },
    get isUsed() {
      return isUsed;
    },
    serialise: () => JSON.stringify([...(book?.values ?? []), ...added]),
    commit: () => input.commit(added),
  };
}

function bookOf(mark: BookMark, entries: ReadonlyMap<string, string>, seenAt: number): Book {
  const values = new Map<string, string>();
  const tokens = new Map<string, string>();
  const origins = new Set<string>();
  const lastNumbers = new Map<string, number>();
  for (const [field, value] of entries) {
    if (field.includes('@')) {
      origins.add(field);
      continue;
    }
    const at = field.lastIndexOf('_');
    const type = field.slice(0, at);
    values.set(field, value);
    tokens.set(nameOf(type, value), field);
    lastNumbers.set(type, Math.max(lastNumbers.get(type) ?? 0, Number(field.slice(at + 1))));
  }
  return { mark, values, tokens, origins, lastNumbers, seenAt };
}

function grow(
  base: Book | undefined,
  mark: BookMark,
  added: ReadonlyMap<string, string>,
  seenAt: number,
): Book {
  if (base && added.size === 0) return { ...base, mark, seenAt };
  const entries = new Map([...(base?.values ?? [])]);
  for (const origin of base?.origins ?? []) entries.set(origin, '1');
  for (const [field, value] of added) entries.set(field, value);
  return bookOf(mark, entries, seenAt);
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

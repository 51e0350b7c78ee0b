import type { Database } from '@sallyport/db';

export interface PrivateOrigins {
  /** The operator's list as last read; the same array until it changes. */
  list(): readonly string[];
  refresh(): Promise<void>;
}

/** The operator's list of origins that may be private, read from Postgres. Empty until it was read: fail closed. */
export function createPrivateOrigins(db: Database): PrivateOrigins {
  let known: readonly string[] = [];
  return {
    list: () => known,
    refresh: async () => {
      const rows = await db.withSystem('scheduler', (tx) =>
        tx.privateOrigin.findMany({ orderBy: { origin: 'asc' } }),
      );
      const next = rows.map((row) => row.origin);
      if (next.join() !== known.join()) known = next;
    },
  };
}

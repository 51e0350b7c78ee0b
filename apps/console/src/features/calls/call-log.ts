import type { CallFilter, CallRowFragment } from '../../generated/graphql.ts';
import { type ApiError, toApiError } from '../../lib/api-error.ts';

export interface CallPage {
  readonly rows: readonly CallRowFragment[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

/** Fetches one page; `after` null is the newest page. */
export type FetchCalls = (after: string | null, signal: AbortSignal) => Promise<CallPage>;

export interface CallLogState {
  readonly rows: readonly CallRowFragment[];
  /** New calls that wait while the reader is somewhere below the top. */
  readonly waiting: number;
  readonly isLoaded: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly error: ApiError | null;
  readonly updatedAt: number;
}

const start: CallLogState = {
  rows: [],
  waiting: 0,
  isLoaded: false,
  hasMore: false,
  isLoadingMore: false,
  error: null,
  updatedAt: 0,
};

/** The newest page laid over what is known: known rows are updated in place, unknown ones come on top. */
export function mergeHead(
  rows: readonly CallRowFragment[],
  head: readonly CallRowFragment[],
):
  | { readonly kind: 'merged'; readonly rows: readonly CallRowFragment[]; readonly added: number }
  | { readonly kind: 'gap' } {
  const places = new Map(rows.map((row, index) => [row.id, index]));
  const fresh = head.filter((row) => !places.has(row.id));
  if (rows.length > 0 && head.length > 0 && fresh.length === head.length) return { kind: 'gap' };
  const updated = [...rows];
  for (const row of head) {
    const at = places.get(row.id);
    if (at !== undefined) updated[at] = row;
  }
  return { kind: 'merged', rows: [...fresh, ...updated], added: fresh.length };
}

export interface CallLog {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => CallLogState;
  readonly refresh: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  /** While frozen, new calls are counted but not shown. */
  readonly setFrozen: (isFrozen: boolean) => void;
}

/** An append-only log of calls outside React: events refresh its head, scrolling loads its tail. */
export function createCallLog(fetchCalls: FetchCalls, now: () => number): CallLog {
  let state = start;
  let cursor: string | null = null;
  let isFrozen = false;
  let held: CallPage | null = null;
  let running: Promise<void> | null = null;
  let isAgain = false;
  const listeners = new Set<() => void>();
  const abort = new AbortController();

  function set(next: Partial<CallLogState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function take(page: CallPage): void {
    const merged = mergeHead(state.rows, page.rows);
    if (merged.kind === 'gap' || !state.isLoaded) {
      cursor = page.endCursor;
      set({ rows: page.rows, hasMore: page.hasMore });
    } else {
      set({ rows: merged.rows });
    }
    held = null;
    set({ waiting: 0, isLoaded: true, error: null, updatedAt: now() });
  }

  function hold(page: CallPage): void {
    const merged = mergeHead(state.rows, page.rows);
    held = page;
    set({ waiting: merged.kind === 'gap' ? page.rows.length : merged.added, error: null, updatedAt: now() });
  }

  async function fetchHead(): Promise<void> {
    try {
      const page = await fetchCalls(null, abort.signal);
      if (isFrozen && state.isLoaded) hold(page);
      else take(page);
    } catch (error) {
      if (!abort.signal.aborted) set({ error: toApiError(error) });
    }
  }

  async function refresh(): Promise<void> {
    if (running !== null) {
      isAgain = true;
      return running;
    }
    running = fetchHead();
    await running;
    running = null;
    if (isAgain) {
      isAgain = false;
      await refresh();
    }
  }

  return {
    getState: () => state,
    refresh,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setFrozen(next) {
      if (next === isFrozen) return;
      isFrozen = next;
      if (!next && held !== null) take(held);
    },
    async loadMore() {
      if (!state.hasMore || state.isLoadingMore) return;
      set({ isLoadingMore: true });
      try {
        const page = await fetchCalls(cursor, abort.signal);
        const known = new Set(state.rows.map((row) => row.id));
        cursor = page.endCursor;
        set({
          rows: [...state.rows, ...page.rows.filter((row) => !known.has(row.id))],
          hasMore: page.hasMore,
          isLoadingMore: false,
        });
      } catch (error) {
        set({ isLoadingMore: false, error: toApiError(error) });
      }
    },
  };
}

/** A stable name for a filter, so that equal filters share a log. */
export function filterKey(filter: CallFilter): string {
  return JSON.stringify(filter, Object.keys(filter).sort());
}

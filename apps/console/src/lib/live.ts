import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { isLiveType, type LiveType } from './live-types.ts';
import { invalidateTouching } from './query.ts';

export type LiveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly since: number };

let state: LiveState = { kind: 'connecting' };
const listeners = new Set<() => void>();

function setState(next: LiveState): void {
  if (next.kind === state.kind) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Whether events arrive; screens say "as of …" when they do not. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
    () => state,
  );
}

type LiveListener = (types: ReadonlySet<LiveType> | 'all') => void;

const eventListeners = new Set<LiveListener>();

/** Hears settled events; for logs that fetch for themselves instead of through the query cache. */
export function onLive(listener: LiveListener): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

interface LiveEvent {
  readonly type: string;
}

function readEvent(data: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : null;
    return typeof type === 'string' ? { type } : null;
  } catch {
    return null;
  }
}

const settleMs = 200;
const retryMs = 2000;

/** Listens to `/live` and refetches what an event touches; after a gap everything shown is refetched. */
export function startLive(client: QueryClient): () => void {
  const waiting = new Set<LiveType>();
  let isAll = false;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let hadGap = false;

  function flush() {
    flushTimer = undefined;
    const types = new Set(waiting);
    const wasAll = isAll;
    waiting.clear();
    isAll = false;
    void (wasAll ? client.invalidateQueries() : invalidateTouching(client, [...types]));
    for (const listener of eventListeners) listener(wasAll ? 'all' : types);
  }
  function note(type: string | null) {
    if (type !== null && isLiveType(type)) waiting.add(type);
    else isAll = true;
    flushTimer ??= setTimeout(flush, settleMs);
  }
  function connect() {
    source = new EventSource('/live');
    source.onopen = () => {
      setState({ kind: 'live' });
      if (hadGap) note(null);
      hadGap = false;
    };
    source.addEventListener('invalidate', (message: MessageEvent<string>) => {
      const event = readEvent(message.data);
      if (event !== null) note(event.type);
    });
    source.onerror = () => {
      hadGap = true;
      setState({ kind: 'reconnecting', since: Date.now() });
      // A refused connection is closed for good by the browser; ask again ourselves.
      if (source?.readyState === EventSource.CLOSED) retryTimer = setTimeout(connect, retryMs);
    };
  }

  connect();
  return () => {
    clearTimeout(flushTimer);
    clearTimeout(retryTimer);
    source?.close();
    state = { kind: 'connecting' };
  };
}

import { kindsOfList, type ListName, type UpstreamEvent } from './hub-events.ts';
import type { Pins } from './watch-pins.ts';

/** Takes events as fast as an upstream sends them and hands them on at a bounded rate. */
export interface EventGate {
  take(event: UpstreamEvent): void;
  close(): void;
}

const firstMs = 20;
const betweenMs = 250;
/** Looks cost more than events: a storm of lists is answered ever later, up to this. */
const maxRestMs = 10_000;
/** A storm is over when no list changed for this long. */
const calmMs = 30_000;
const freeLooks = 3;
const maxPending = 1_000;

/** Joins equal events; of a list that changed the pins are looked at before anybody hears of it. */
export function createEventGate(input: {
  readonly pins: Pick<Pins, 'look'>;
  readonly onEvent: (event: UpstreamEvent) => void;
}): EventGate {
  let pending = new Map<string, UpstreamEvent>();
  let timer: NodeJS.Timeout | undefined;
  let isFlushing = false;
  let isClosed = false;
  let restsUntil = 0;
  let looks = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** How long to rest after a look that took so long. */
  const restAfter = (tookMs: number): number => {
    const now = performance.now();
    looks = now - lookedAt > calmMs ? 1 : looks + 1;
    lookedAt = now;
    const grown = betweenMs * 2 ** Math.max(0, Math.min(looks, 16) - freeLooks);
    return Math.min(maxRestMs, Math.max(grown, 4 * tookMs));
  };

  const schedule = (): void => {
    if (timer || isFlushing || isClosed || pending.size === 0) return;
    timer = setTimeout(() => void flush(), Math.max(firstMs, restsUntil - performance.now()));
    timer.unref();
  };
  const flush = async (): Promise<void> => {
    timer = undefined;
    isFlushing = true;
    const events = [...pending.values()];
    pending = new Map();
    const lists = events.flatMap((event): ListName[] => (event.kind === 'list_changed' ? [event.list] : []));
    const startedAt = performance.now();
    if (lists.length > 0) await input.pins.look(lists.flatMap((list) => kindsOfList[list])).catch(() => {});
    const endedAt = performance.now();
    restsUntil = endedAt + (lists.length > 0 ? restAfter(endedAt - startedAt) : betweenMs);
    isFlushing = false;
    if (isClosed) return;
    for (const event of events) input.onEvent(event);
    schedule();
  };
  return {
    take(event) {
      if (isClosed || pending.size >= maxPending) return;
      pending.set(keyOf(event), event);
      schedule();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      pending.clear();
    },
  };
}

function keyOf(event: UpstreamEvent): string {
  switch (event.kind) {
    case 'list_changed':
      return `list ${event.list}`;
    case 'updated':
      return `uri ${event.uri}`;
    case 'task':
      return `task ${String(event.params.taskId)}`;
  }
}

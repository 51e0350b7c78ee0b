import { createEventGate } from './event-gate.ts';
import { readEvent, toldLists, type UpstreamEvent } from './hub-events.ts';
import { readGetStream, readListen, type StreamEnd, type StreamInput, takeOwn } from './hub-stream.ts';
import { syncSubscriptions } from './hub-subscriptions.ts';
import { gatewayScope } from './scope.ts';
import type { Upstream } from './upstream.ts';

/** Somebody who wants to know what changes at an upstream. */
export interface Watcher {
  /** Resources, as the upstream names them. */
  readonly uris: readonly string[];
  readonly onEvent: (event: UpstreamEvent) => void;
}

/** One stream per upstream and worker, however many watch it; none while nobody does. */
export interface UpstreamHub {
  watch(watcher: Watcher): () => void;
  isOpen(): boolean;
  close(): void;
}

export interface HubInput {
  readonly upstream: () => Upstream;
  /** 0..1; spreads re-connections. */
  readonly random: () => number;
}

const lingerMs = 1_000;
const backoff = { firstMs: 500, maxMs: 60_000, unservedMs: 15 * 60_000 } as const;
/** A stream that lived this long failed by accident. */
const soundMs = 30_000;
const maxUris = 1_000;

/** Makes the hub of one upstream. */
export function createHub(input: HubInput): UpstreamHub {
  const watchers = new Set<Watcher>();
  let running: AbortController | undefined;
  let stream: AbortController | undefined;
  let linger: NodeJS.Timeout | undefined;
  let isOpen = false;
  const wanted = (): readonly string[] =>
    [...new Set([...watchers].flatMap(({ uris }) => uris))].sort().slice(0, maxUris);

  const stop = (): void => {
    clearTimeout(linger);
    linger = undefined;
    running?.abort();
    stream?.abort();
    running = undefined;
  };
  const start = (): void => {
    const life = new AbortController();
    running = life;
    const gate = createEventGate({
      pins: { look: (kinds) => input.upstream().pins.look(kinds) },
      onEvent(event) {
        for (const { onEvent } of [...watchers]) onEvent(event);
      },
    });
    const once = async (lastEventId: string | undefined): Promise<StreamEnd> => {
      const own = new AbortController();
      stream = own;
      try {
        return await readOnce({
          upstream: input.upstream(),
          signal: AbortSignal.any([life.signal, own.signal]),
          uris: wanted(),
          lastEventId,
          onOpen() {
            isOpen = true;
          },
          onNotification(notification) {
            const event = readEvent(notification);
            if (event) gate.take(event);
          },
        });
      } finally {
        isOpen = false;
      }
    };
    void keepOpen({
      once,
      signal: life.signal,
      streamSignal: () => stream?.signal ?? life.signal,
      ...input,
    }).finally(() => gate.close());
  };
  return {
    watch(watcher) {
      const before = wanted().join(' ');
      watchers.add(watcher);
      clearTimeout(linger);
      linger = undefined;
      if (!running) start();
      else if (before !== wanted().join(' ')) stream?.abort();
      return () => {
        if (!watchers.delete(watcher) || watchers.size > 0) return;
        // Whoever watches anew in a moment finds the stream still open.
        linger = setTimeout(stop, lingerMs);
        linger.unref();
      };
    },
    isOpen: () => isOpen,
    close() {
      watchers.clear();
      stop();
    },
  };
}

/** Reads one stream until it ends; waits quietly where the upstream has nothing to tell. */
async function readOnce(input: StreamInput): Promise<StreamEnd> {
  const { upstream, uris } = input;
  const session = await upstream.link.session(gatewayScope);
  const tells = toldLists(upstream.link.facts()?.capabilities ?? {}).length > 0 || uris.length > 0;
  if (!tells) return { kind: 'unserved' };
  if (session.era === 'modern') return readListen(input, session);
  const subscribe = (): void => void syncSubscriptions(upstream, session, uris);
  const onOpen = (): void => {
    input.onOpen();
    subscribe();
  };
  if (!session.channel)
    return readGetStream({ ...input, onOpen, onMessage: takeOwn(input, session) }, session);
  const leave = session.channel.onNotification(input.onNotification);
  onOpen();
  const left = new Promise<void>((resolve) =>
    input.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await Promise.race([session.channel.over, left]);
  leave();
  return { kind: 'over', retryMs: undefined, lastEventId: undefined };
}

/** Opens the stream again and again, later each time it fails, until it is told to stop. */
async function keepOpen(given: {
  readonly once: (lastEventId: string | undefined) => Promise<StreamEnd>;
  readonly signal: AbortSignal;
  /** Aborted when what is wanted has changed. */
  readonly streamSignal: () => AbortSignal;
  readonly random: () => number;
}): Promise<void> {
  const { signal } = given;
  let failures = 0;
  let lastEventId: string | undefined;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const end = await given.once(lastEventId).catch((): undefined => undefined);
    const restart = given.streamSignal();
    if (restart.aborted) continue;
    failures = performance.now() - startedAt > soundMs ? 0 : failures + 1;
    lastEventId = end?.kind === 'over' ? end.lastEventId : undefined;
    const spread = 0.5 + given.random();
    const grown = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(failures - 1, 16)) * spread;
    const asked = end?.kind === 'over' ? (end.retryMs ?? 0) : 0;
    const waitMs =
      end?.kind === 'unserved' ? backoff.unservedMs : Math.max(grown, Math.min(asked, backoff.maxMs));
    await pause(waitMs, AbortSignal.any([signal, restart]));
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener('abort', done, { once: true });
  });
}

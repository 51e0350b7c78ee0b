import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { connectRedis, reconnectDelayMs, untilReady } from './connect-redis.ts';
import { readHeads } from './envelopes.ts';
import { keys } from './keys.ts';
import { readAllRevocations, readRevocations } from './revocations.ts';

export interface WatchConfigInput {
  readonly url: string;
  readonly name: string;
  /** How often heads are compared when nothing wakes the watcher. */
  readonly intervalMs?: number;
  /** All heads, about every second and right after a publication. Compare with what is loaded. One call at a time. */
  readonly onHeads: (heads: ReadonlyMap<string, number>) => Promise<void> | void;
  /** Signed marks as texts, unverified: new ones, or whole lists after a (re)connect. May repeat. */
  readonly onRevocations: (texts: readonly string[]) => Promise<void> | void;
  readonly onError: (cause: Error) => void;
}

export interface ConfigWatch {
  /** For reading envelopes and writing acks beside the watch. */
  readonly redis: Redis;
  checkNow(): void;
  stop(): void;
}

const blockMs = 500;
const readyTimeoutMs = 2_000;

/** Follows configuration and revocations for as long as it is not stopped; Redis may come and go. */
export function watchConfig(input: WatchConfigInput): ConfigWatch {
  const { url, name, onError } = input;
  const redis = connectRedis({ url, name: `${name}-config`, kind: 'command', onError });
  const blocking = connectRedis({ url, name: `${name}-follow`, kind: 'blocking', onError });
  const subscriber = connectRedis({ url, name: `${name}-wake`, kind: 'subscriber', onError });
  const stopping = new AbortController();
  const heads = repeatHeads(redis, input, stopping.signal);
  subscriber.on('message', heads.checkNow);
  subscriber.subscribe(keys.configWake).catch(onError);
  redis.on('ready', heads.checkNow);
  void followStreams(blocking, input, heads.checkNow, stopping.signal);
  return {
    redis,
    checkNow: heads.checkNow,
    stop: () => {
      stopping.abort();
      heads.stop();
      for (const connection of [redis, blocking, subscriber]) connection.disconnect();
    },
  };
}

/** Reads heads every interval and when asked, never two at once; a wish during a read is served after it. */
function repeatHeads(redis: Redis, input: WatchConfigInput, signal: AbortSignal) {
  let isReading = false;
  let isWanted = false;
  const read = async () => {
    isReading = true;
    try {
      do {
        isWanted = false;
        await input.onHeads(await readHeads(redis));
      } while (isWanted && !signal.aborted);
    } catch (cause) {
      if (!signal.aborted) input.onError(toError(cause));
    } finally {
      isReading = false;
    }
  };
  const checkNow = () => {
    isWanted = true;
    if (!isReading && !signal.aborted && redis.status === 'ready') void read();
  };
  const timer = setInterval(checkNow, input.intervalMs ?? 1_000);
  return { checkNow, stop: () => clearInterval(timer) };
}

async function followStreams(
  redis: Redis,
  input: WatchConfigInput,
  checkNow: () => void,
  signal: AbortSignal,
): Promise<void> {
  let cursors: Cursors | undefined;
  for (let failures = 0; !signal.aborted; ) {
    try {
      await untilReady(redis, readyTimeoutMs);
      cursors ??= await startOver(redis, input);
      cursors = await readOnce(redis, input, checkNow, cursors);
      failures = 0;
    } catch (cause) {
      if (signal.aborted) return;
      // Whatever was missed meanwhile is in the lists: begin with them again.
      cursors = undefined;
      failures += 1;
      input.onError(toError(cause));
      await sleep(reconnectDelayMs(failures, Math.random()));
    }
  }
}

interface Cursors {
  readonly revocations: string;
  readonly config: string;
}

/** First the place in the stream, then the lists: what is written between the two is seen twice, never missed. */
async function startOver(redis: Redis, input: WatchConfigInput): Promise<Cursors> {
  const [lastRevocation] = await redis.xrevrange(keys.revocationLog, '+', '-', 'COUNT', 1);
  const [lastConfig] = await redis.xrevrange(keys.configLog, '+', '-', 'COUNT', 1);
  const texts = [...(await readAllRevocations(redis)).values()].flat();
  if (texts.length > 0) await input.onRevocations(texts);
  return { revocations: lastRevocation?.[0] ?? '0-0', config: lastConfig?.[0] ?? '0-0' };
}

async function readOnce(
  redis: Redis,
  input: WatchConfigInput,
  checkNow: () => void,
  cursors: Cursors,
): Promise<Cursors> {
  const reply = await redis.xread(
    ...(['COUNT', 500, 'BLOCK', blockMs, 'STREAMS'] as const),
    ...[keys.revocationLog, keys.configLog, cursors.revocations, cursors.config],
  );
  let next = cursors;
  for (const [stream, entries] of reply ?? []) {
    const last = entries.at(-1)?.[0];
    if (last === undefined) continue;
    if (stream === keys.configLog) {
      next = { ...next, config: last };
      checkNow();
    } else {
      await handOver(redis, input, entries);
      next = { ...next, revocations: last };
    }
  }
  return next;
}

async function handOver(
  redis: Redis,
  input: WatchConfigInput,
  entries: readonly (readonly [id: string, fields: readonly string[]])[],
): Promise<void> {
  const texts: string[] = [];
  for (const [, fields] of entries) {
    const [field, value] = fields;
    if (value === undefined) continue;
    if (field === 'r') texts.push(value);
    if (field === 't') texts.push(...((await readRevocations(redis, value)) ?? []));
  }
  if (texts.length > 0) await input.onRevocations(texts);
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

import { AppError } from '@sallyport/kernel';
import { Redis, type RedisOptions } from 'ioredis';

/**
 * `command`: answers or fails soon, never queues. `blocking`: for one long read at a time.
 * `subscriber`: subscriptions survive a reconnect. `jobs`: what BullMQ's workers need.
 */
export type ConnectionKind = 'command' | 'blocking' | 'subscriber' | 'jobs';

export interface ConnectInput {
  readonly url: string;
  readonly kind: ConnectionKind;
  /** Shows in `CLIENT LIST`. */
  readonly name: string;
  readonly onError: (cause: Error) => void;
}

type WaitingOptions = Pick<
  RedisOptions,
  'enableOfflineQueue' | 'maxRetriesPerRequest' | 'commandTimeout' | 'autoResubscribe'
>;

const optionsByKind: Readonly<Record<ConnectionKind, WaitingOptions>> = {
  // Invariant: with Redis gone a command fails at once; nothing piles up in memory and no call waits.
  command: { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2_000 },
  blocking: { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 },
  subscriber: { enableOfflineQueue: true, maxRetriesPerRequest: null, autoResubscribe: true },
  jobs: { enableOfflineQueue: true, maxRetriesPerRequest: null },
};

/** Opens a connection that reconnects for ever with jitter and never throws on its own; it may not be ready yet. */
export function connectRedis(input: ConnectInput): Redis {
  const redis = new Redis(input.url, {
    ...optionsByKind[input.kind],
    connectionName: input.name,
    connectTimeout: 3_000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => reconnectDelayMs(attempt, Math.random()),
  });
  redis.on('error', input.onError);
  return redis;
}

/** Full jitter between 50 ms and a ceiling that grows to 2 s, so that a restart is not met by a herd. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(2_000, 100 * 2 ** Math.min(attempt, 10));
  return 50 + Math.floor(random * ceiling);
}

/** Waits until the connection can be used. @throws AppError `internal_error` after `timeoutMs`. */
export function untilReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      finish();
    };
    const onReady = () => settle(resolve);
    const timer = setTimeout(
      () => settle(() => reject(new AppError('internal_error', `Redis is not ready after ${timeoutMs} ms`))),
      timeoutMs,
    );
    redis.once('ready', onReady);
  });
}

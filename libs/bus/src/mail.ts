import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from './connect-redis.ts';
import { keys } from './keys.ts';
import { createLetterbox, type Letter, type LetterAnswer } from './letterbox.ts';
import { openJson, type ReadJson, type TextSealer } from './text-sealer.ts';

/** What became of a message: `nobody` = that process is gone, `failed` = Redis could not take it. */
export type Delivery = 'delivered' | 'nobody' | 'failed';

/** Messages between workers. Nothing is kept: who is not there gets nothing, and the sender is told. */
export interface Mail {
  /** Of this process, new at every start: mail for a process that ended reaches nobody instead of its successor. */
  readonly address: string;
  send(to: string, message: unknown): Promise<Delivery>;
  /** To every other worker. */
  broadcast(message: unknown): Promise<Delivery>;
  /** Asks another worker and waits for its answer. */
  request(
    to: string,
    message: unknown,
    how: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<LetterAnswer>;
  isConnected(): boolean;
  close(): void;
}

export interface MailInput {
  readonly url: string;
  readonly name: string;
  readonly sealer: TextSealer;
  readonly nowMs: () => number;
  /** Reads what clients and upstreams said, for which `JSON.parse` is not exact enough. */
  readonly readJson?: ReadJson;
  /** Takes a message; what it gives back is the answer to a request. */
  readonly onMessage: (message: unknown, from: string) => unknown;
  /** The subscription stands (again): what was sent meanwhile is lost. */
  readonly onConnected?: () => void;
  readonly onError: (cause: Error) => void;
}

const maxMessageCharacters = 8 * 1024 * 1024;
/** Older mail is a replay. */
const maxAgeMs = 60_000;

/** Opens the mailbox of this process. Redis may come and go; without it only mail to oneself arrives. */
export function createMail(input: MailInput): Mail {
  const { url, name, sealer, nowMs, onError } = input;
  const address = randomBytes(12).toString('base64url');
  const redis = connectRedis({ url, kind: 'command', name: `${name}-mail`, onError });
  const subscriber = connectRedis({ url, kind: 'subscriber', name: `${name}-mailbox`, onError });
  const own = keys.mail(address);
  const post = (to: string, letter: Letter): Promise<Delivery> => {
    if (to === address) {
      queueMicrotask(() => box.take(letter));
      return Promise.resolve('delivered');
    }
    return publish(redis, keys.mail(to), sealLetter(sealer, keys.mail(to), letter));
  };
  const box = createLetterbox({ address, nowMs, onMessage: input.onMessage, post, onError });
  listen(subscriber, [own, keys.mailForAll], {
    onText: (channel, text) => {
      const letter = readLetter(input, channel, text);
      if (!letter || Math.abs(nowMs() - letter.at) > maxAgeMs || letter.from === address) return;
      box.take(letter);
    },
    onConnected: () => input.onConnected?.(),
    onError,
  });
  return {
    address,
    send: (to, message) => post(to, box.letter(message)),
    broadcast: (message) =>
      publish(redis, keys.mailForAll, sealLetter(sealer, keys.mailForAll, box.letter(message))),
    request: box.request,
    isConnected: () => redis.status === 'ready' && subscriber.status === 'ready',
    close() {
      box.close();
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

function listen(
  subscriber: Redis,
  channels: readonly string[],
  on: {
    readonly onText: (channel: string, text: string) => void;
    readonly onConnected: () => void;
    readonly onError: (cause: Error) => void;
  },
): void {
  subscriber.on('message', on.onText);
  // Subscribing again is idempotent; done by hand, because what follows a reconnect must know when it stands.
  subscriber.on('ready', () => {
    subscriber.subscribe(...channels).then(on.onConnected, on.onError);
  });
}

async function publish(redis: Redis, channel: string, text: string | undefined): Promise<Delivery> {
  if (text === undefined) return 'failed';
  try {
    return (await redis.publish(channel, text)) > 0 ? 'delivered' : 'nobody';
  } catch {
    return 'failed';
  }
}

function sealLetter(sealer: TextSealer, channel: string, letter: Letter): string | undefined {
  const text = JSON.stringify(letter);
  return text.length > maxMessageCharacters ? undefined : sealer.seal(text, `mail|${channel}`);
}

function readLetter(
  { sealer, readJson }: Pick<MailInput, 'sealer' | 'readJson'>,
  channel: string,
  text: string,
): Letter | undefined {
  // Only what was sealed by us opens, so its shape is ours too.
  return openJson(sealer, text, `mail|${channel}`, readJson) as Letter | undefined;
}

/** The mail of a process that has no Redis: it reaches itself alone. */
export function createLoneMail(input: Pick<MailInput, 'nowMs' | 'onMessage' | 'onError'>): Mail {
  const address = randomBytes(12).toString('base64url');
  const post = (to: string, letter: Letter): Promise<Delivery> => {
    if (to !== address) return Promise.resolve('failed');
    queueMicrotask(() => box.take(letter));
    return Promise.resolve('delivered');
  };
  const box = createLetterbox({ ...input, address, post });
  return {
    address,
    send: (to, message) => post(to, box.letter(message)),
    broadcast: () => Promise.resolve('nobody'),
    request: box.request,
    isConnected: () => false,
    close: () => box.close(),
  };
}

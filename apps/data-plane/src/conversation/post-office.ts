import {
  createLoneMail,
  createMail,
  type Delivery,
  type LetterAnswer,
  type TextSealer,
} from '@sallyport/bus';
import { type RequestId, readJson } from '@sallyport/mcp';
import type { ClientAnswer } from '../upstream/turn.ts';
import type { Answers } from './answers.ts';

/** What workers say to each other. Sessions are named by their public id, never by handle or nonce. */
export interface Posts {
  /** A legacy client answered, on another worker, what a call here asked. */
  answer: { readonly ask: string; readonly session: string; readonly answer: ClientAnswer };
  /** A client came back for a stream that is held here; its events go to `attach` from now on. */
  resume: {
    readonly stream: string;
    readonly session: string;
    readonly after: number;
    readonly attach: string;
  };
  chunk: { readonly attach: string; readonly text: string; readonly isLast: boolean };
  detach: { readonly attach: string };
  /** A modern client retried, on another worker, a call whose upstream exchange waits here. */
  parked: {
    readonly park: string;
    readonly owner: string;
    readonly answers: Answers;
    readonly notes: string;
  };
  /** Its client went away. */
  unpark: { readonly notes: string };
  note: { readonly notes: string; readonly text: string };
  cancel: { readonly session: string; readonly keyId: string; readonly requestId: RequestId };
  ended: { readonly session: string };
  level: { readonly session: string; readonly level: string };
  /** The subscriptions of a session changed: who holds its stream reads them again. */
  uris: { readonly session: string };
  /** A message for the one stream of an HTTP+SSE session. */
  sse: { readonly session: string; readonly text: string };
}

export type PostKind = keyof Posts;
type Handler<K extends PostKind> = (post: Posts[K], from: string) => unknown;

/** The mail of a worker, by kind of message. */
export interface PostOffice {
  readonly address: string;
  on<K extends PostKind>(kind: K, handler: Handler<K>): void;
  /** Called whenever mail may have been missed and flows again. */
  onReconnected(handler: () => void): void;
  send<K extends PostKind>(to: string, kind: K, post: Posts[K]): Promise<Delivery>;
  broadcast<K extends PostKind>(kind: K, post: Posts[K]): void;
  request<K extends PostKind>(
    to: string,
    kind: K,
    post: Posts[K],
    how: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<LetterAnswer>;
  close(): void;
}

/** Opens the office; without a Redis this worker is alone. */
export function createPostOffice(input: {
  readonly redisUrl: string | undefined;
  readonly name: string;
  readonly sealer: TextSealer;
  readonly nowMs: () => number;
  readonly onError: (cause: Error) => void;
}): PostOffice {
  const handlers = new Map<PostKind, Handler<PostKind>>();
  const reconnected: (() => void)[] = [];
  const { redisUrl, nowMs, onError } = input;
  // Mail opens only with the workers' own key, so what is in it is of the shape that we sent.
  const onMessage = (message: unknown, from: string): unknown => {
    const [kind, post] = message as readonly [PostKind, Posts[PostKind]];
    return handlers.get(kind)?.(post, from);
  };
  const onConnected = (): void => {
    for (const handler of reconnected) handler();
  };
  const mail =
    redisUrl === undefined
      ? createLoneMail({ nowMs, onMessage, onError })
      : createMail({ ...input, url: redisUrl, readJson, onMessage, onConnected });
  return {
    address: mail.address,
    on: (kind, handler) => void handlers.set(kind, handler as Handler<PostKind>),
    onReconnected: (handler) => void reconnected.push(handler),
    send: (to, kind, post) => mail.send(to, [kind, post]),
    broadcast: (kind, post) => void mail.broadcast([kind, post]),
    request: (to, kind, post, how) => mail.request(to, [kind, post], how),
    close: () => mail.close(),
  };
}

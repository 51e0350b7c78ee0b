import { randomBytes } from 'node:crypto';
import { type RpcError, type RpcNotification, readJson, type WireObject } from '@sallyport/mcp';
import type { ParkedExchange, Turn } from '../upstream/turn.ts';
import type { Answers, Asks } from './answers.ts';
import { conversationLimits } from './conversation-limits.ts';
import type { PostOffice } from './post-office.ts';

/** Takes what an upstream says on the way, for whichever request listens at the moment. */
export interface NoteRelay {
  to: ((notification: RpcNotification) => Promise<void> | undefined) | null;
  /** Ends the whole exchange, whichever request it serves. */
  readonly abort: AbortController;
}

/** A turn as another worker can be told of it: what is parked has a name instead of a stream. */
export type NamedTurn =
  | { readonly kind: 'result'; readonly result: WireObject }
  | { readonly kind: 'error'; readonly error: RpcError }
  | {
      readonly kind: 'asks';
      readonly requests: Asks;
      readonly park: string | null;
      readonly state: string | null;
    }
  /** `used`: nothing waits under this name any more. `full`: no room to wait. */
  | { readonly kind: 'gone'; readonly reason: 'used' | 'worker_gone' | 'full' | 'upstream' };

export interface ParkInput {
  readonly exchange: ParkedExchange;
  readonly requests: Asks;
  readonly relay: NoteRelay;
  readonly tenantId: string;
  /** Who may go on: the same that began. */
  readonly owner: string;
  readonly isAllowed: () => boolean;
}

/** Exchanges with legacy upstreams that wait for a modern client's answers. */
export interface ParkingLot {
  /** Puts an exchange away; `undefined` when there is no room, and then it is ended. */
  park(input: ParkInput): string | undefined;
  /** Goes on with one, here or on the worker that has it. */
  resume(where: { readonly mailbox: string; readonly park: string }, input: ResumeInput): Promise<NamedTurn>;
  /** Ends one that is parked here: nobody will come back for it. */
  drop(park: string): void;
  /** Ends what its tenant's marks no longer allow. */
  recheck(tenantId: string): void;
  /** Where what is parked here is found. */
  readonly address: string;
  readonly size: number;
  close(): void;
}

export interface ResumeInput {
  readonly owner: string;
  readonly answers: Answers;
  readonly onNote: (notification: RpcNotification) => Promise<void> | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface Slot extends ParkInput {
  readonly timer: NodeJS.Timeout;
  /** Answers to some of what was asked; the rest is asked again. */
  readonly collected: Answers;
}

/** Makes the lot of this worker. */
export function createParkingLot({ post }: { readonly post: PostOffice }): ParkingLot {
  const slots = new Map<string, Slot>();
  const perTenant = new Map<string, number>();
  const listeners = new Map<string, ResumeInput['onNote']>();

  const leave = (park: string): Slot | undefined => {
    const slot = slots.get(park);
    if (!slot) return undefined;
    slots.delete(park);
    clearTimeout(slot.timer);
    const left = (perTenant.get(slot.tenantId) ?? 1) - 1;
    if (left > 0) perTenant.set(slot.tenantId, left);
    else perTenant.delete(slot.tenantId);
    return slot;
  };
  const drop = (park: string): void => leave(park)?.exchange.abort();
  const enter = (input: ParkInput, collected: Answers): string | undefined => {
    const { maxParkedPerTenant, maxParkedPerWorker, waitMs } = conversationLimits;
    const held = perTenant.get(input.tenantId) ?? 0;
    if (held >= maxParkedPerTenant || slots.size >= maxParkedPerWorker) {
      input.exchange.abort();
      return undefined;
    }
    const park = randomBytes(16).toString('base64url');
    const timer = setTimeout(() => drop(park), waitMs);
    timer.unref();
    input.relay.to = null;
    slots.set(park, { ...input, timer, collected });
    perTenant.set(input.tenantId, held + 1);
    return park;
  };
  const goOn = async (
    park: string,
    owner: string,
    answers: Answers,
    onNote: ResumeInput['onNote'],
    signal: AbortSignal,
  ): Promise<NamedTurn> => {
    const slot = slots.get(park);
    // Invariant: T36, what waits for one key goes on for no other, and for each state once.
    if (slot?.owner !== owner || !slot.isAllowed()) return { kind: 'gone', reason: 'used' };
    leave(park);
    const collected = { ...slot.collected, ...onlyAsked(slot.requests, answers) };
    const missing = Object.entries(slot.requests).filter(([key]) => !Object.hasOwn(collected, key));
    if (missing.length > 0) {
      const next = enter(slot, collected);
      if (next === undefined) return { kind: 'gone', reason: 'full' };
      return { kind: 'asks', requests: Object.fromEntries(missing), park: next, state: null };
    }
    const { relay } = slot;
    const cut = (): void => relay.abort.abort();
    if (signal.aborted) cut();
    signal.addEventListener('abort', cut);
    relay.to = onNote;
    try {
      return nameTurn(await slot.exchange.answer(collected), slot, (input) => enter(input, {}));
    } finally {
      signal.removeEventListener('abort', cut);
    }
  };
  const served = new Map<string, AbortController>();
  post.on('parked', async ({ park, owner, answers, notes }, from) => {
    const abort = new AbortController();
    served.set(notes, abort);
    const onNote: ResumeInput['onNote'] = async (note) => {
      await post.request(from, 'note', { notes, text: JSON.stringify(note) }, { timeoutMs: 30_000 });
    };
    return goOn(park, owner, answers, onNote, abort.signal).finally(() => served.delete(notes));
  });
  post.on('unpark', ({ notes }) => served.get(notes)?.abort());
  post.on('note', ({ notes, text }) => listeners.get(notes)?.(readJson(text) as RpcNotification));
  return {
    park: (input) => enter(input, {}),
    drop,
    async resume({ mailbox, park }, { owner, answers, onNote, timeoutMs, signal }) {
      if (mailbox === post.address) return goOn(park, owner, answers, onNote, signal);
      const notes = randomBytes(12).toString('base64url');
      listeners.set(notes, onNote);
      const answer = await post.request(
        mailbox,
        'parked',
        { park, owner, answers, notes },
        { timeoutMs, signal },
      );
      listeners.delete(notes);
      if (signal.aborted) void post.send(mailbox, 'unpark', { notes });
      if (answer.kind === 'answer') return answer.body as NamedTurn;
      return { kind: 'gone', reason: answer.kind === 'failed' ? 'upstream' : 'worker_gone' };
    },
    recheck(tenantId) {
      for (const [park, slot] of slots) if (slot.tenantId === tenantId && !slot.isAllowed()) drop(park);
    },
    address: post.address,
    get size() {
      return slots.size;
    },
    close() {
      for (const park of [...slots.keys()]) drop(park);
    },
  };
}

/** Gives a turn its name: an exchange that asks is parked. */
export function nameTurn(
  turn: Turn,
  input: Omit<ParkInput, 'exchange' | 'requests'>,
  park: (input: ParkInput) => string | undefined,
): NamedTurn {
  if (turn.kind !== 'asks') return turn;
  const { requests, state, parked } = turn;
  if (!parked) return { kind: 'asks', requests, park: null, state };
  const { relay, tenantId, owner, isAllowed } = input;
  const name = park({ exchange: parked, requests, relay, tenantId, owner, isAllowed });
  return name === undefined
    ? { kind: 'gone', reason: 'full' }
    : { kind: 'asks', requests, park: name, state: null };
}

function onlyAsked(requests: Asks, answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => Object.hasOwn(requests, key)));
}

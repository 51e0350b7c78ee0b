import type { RequestId, RpcMessage } from '@sallyport/mcp';
import type { Inbox } from './inbox.ts';
import { tellCancelled } from './post-aside.ts';
import type { Ask, ExchangeInput, Turn } from './turn.ts';
import type { UpstreamSession } from './upstream-session.ts';

/** One request of ours on a stream, until its answer. */
export interface Talk {
  readonly input: ExchangeInput;
  readonly session: UpstreamSession;
  readonly inbox: Inbox;
  readonly id: number;
  /** How often it asked, and how often we answered in the client's place. */
  rounds: number;
  ownReplies: number;
  /** Messages that are waited for already, while the talk goes on. */
  ahead?: Promise<readonly RpcMessage[] | undefined> | undefined;
}

export type AsksTurn = Extract<Turn, { readonly kind: 'asks' }>;

/** Something the upstream asked, and the id under which it waits. */
export interface OpenAsk extends Ask {
  readonly id: RequestId;
}

/** Leaves a talk before its end; a legacy upstream is told. */
export function leave(talk: Talk): void {
  const { input, session, inbox, id } = talk;
  inbox.close();
  if (session.era === 'legacy') tellCancelled(input.upstream, session, input.credential, id);
}

import type { RpcNotification } from '@sallyport/mcp';
import { type Call, type Stop, stop } from '../call/call.ts';
import type { Inspector } from '../inspection/inspector.ts';
import type { UpstreamScope } from '../upstream/scope.ts';
import type { ExchangeInput, Turn } from '../upstream/turn.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import type { ClientAsks } from './client-asks.ts';
import { conversationLimits } from './conversation-limits.ts';
import type { ParkingLot } from './parking-lot.ts';
import type { RequestStates } from './request-state.ts';
import type { SessionProfile } from './shared-sessions.ts';

/** A call that may leave: its intent is recorded. */
export type Outgoing = Call<'intentRecorded'>;

export interface ConverseDeps {
  readonly exchange: (input: ExchangeInput) => Promise<Turn>;
  readonly asks: ClientAsks;
  readonly states: RequestStates;
  readonly lot: ParkingLot;
  readonly inspector: Inspector;
  /** Who a client of HTTP+SSE said it is. */
  readonly profile: (session: LegacySession) => Promise<SessionProfile | undefined>;
}

/** What a call sends upstream, whoever goes on with it. */
export type Sending = Omit<ExchangeInput, 'input' | 'onNotification' | 'scope'> & {
  /** Behind `signal`. The call lets go of it at its end, so an exchange that outlives its call keeps it alone. */
  readonly abort: AbortController;
};
export type OnNote = (notification: RpcNotification) => Promise<void> | undefined;

/** Who speaks through us at a legacy upstream. */
export function scopeOf(call: Outgoing): UpstreamScope {
  const { session, clientCapabilities: capabilities } = call;
  if (!session) return { kind: 'principal', key: call.principal.key.id, capabilities };
  return {
    kind: 'session',
    key: session.nonce,
    capabilities,
    client: call.clientInfo,
    version: session.version,
  };
}

/** An upstream asks again and again. */
export const tooManyRounds = (): Stop =>
  stop('upstream_protocol', { details: { reason: 'too_many_rounds', limit: conversationLimits.maxRounds } });

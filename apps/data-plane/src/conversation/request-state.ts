import { hash } from 'node:crypto';
import type { TextSealer } from '@sallyport/bus';
import { canonicalJson } from '@sallyport/kernel';
import type { WireObject } from '@sallyport/mcp';
import { conversationLimits } from './conversation-limits.ts';

/** Whose call a state belongs to. */
export interface StateOwner {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly serverId: string;
  /** Of the method and the parameters, without the retry's own fields. */
  readonly digest: string;
}

/** How a call goes on: with a new request to a modern upstream, or in an exchange that waits in some worker. */
export type Continuation =
  | { readonly kind: 'again'; readonly state: string | null }
  /** The same call once more, with nothing in addition. */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'parked'; readonly mailbox: string; readonly park: string };

export interface RequestStates {
  seal(owner: StateOwner, next: Continuation, round: number): string;
  open(owner: StateOwner, text: string): Opened;
}

export type Opened =
  | { readonly kind: 'open'; readonly next: Continuation; readonly round: number }
  /** `invalid`: altered, or of another tenant, key, endpoint. */
  | { readonly kind: 'refused'; readonly reason: 'invalid' | 'expired' | 'other_call' };

/**
 * Wraps what an upstream wants to have back. Invariant: T36, a state fits one tenant, key and endpoint (it does not
 * even open elsewhere), one method with the same parameters, one server, and five minutes.
 */
export function createRequestStates(input: {
  readonly sealer: TextSealer;
  readonly nowMs: () => number;
}): RequestStates {
  const { sealer, nowMs } = input;
  const aadOf = (owner: StateOwner): string => `state|${owner.tenantId}|${owner.endpointId}|${owner.keyId}`;
  return {
    seal(owner, next, round) {
      const plain = [nowMs() + conversationLimits.waitMs, owner.serverId, owner.digest, round, next];
      return sealer.seal(JSON.stringify(plain), aadOf(owner));
    },
    open(owner, text) {
      if (text.length > conversationLimits.maxStateCharacters) return { kind: 'refused', reason: 'invalid' };
      const plain = sealer.open(text, aadOf(owner));
      if (!plain) return { kind: 'refused', reason: 'invalid' };
      const [expiresAtMs, serverId, digest, round, next] = JSON.parse(Buffer.from(plain).toString()) as [
        number,
        string,
        string,
        number,
        Continuation,
      ];
      if (expiresAtMs <= nowMs()) return { kind: 'refused', reason: 'expired' };
      if (serverId !== owner.serverId || digest !== owner.digest)
        return { kind: 'refused', reason: 'other_call' };
      return { kind: 'open', next, round };
    },
  };
}

/** A digest of a call that its retry has too: everything but `_meta` and the retry's own fields. */
export function callDigest(method: string, params: WireObject | undefined): string {
  const { _meta, inputResponses, requestState, ...same } = params ?? {};
  return hash('sha256', `${method}\n${canonicalJson(same)}`, 'hex');
}

import type { RpcError, RpcNotification, WireObject } from '@sallyport/mcp';
import type { ToolContext } from '@sallyport/snapshot';
import type { LentCredential } from './lent-credential.ts';
import type { UpstreamScope } from './scope.ts';
import type { Upstream } from './upstream.ts';

export type { UpstreamScope };

/** What a client says to one thing it was asked. */
export type ClientAnswer =
  | { readonly ok: true; readonly result: WireObject }
  | { readonly ok: false; readonly error: RpcError };

/** One thing an upstream wants of the client. */
export interface Ask {
  readonly method: string;
  readonly params: WireObject | undefined;
}

/** How far an exchange came. */
export type Turn =
  | { readonly kind: 'result'; readonly result: WireObject }
  | { readonly kind: 'error'; readonly error: RpcError }
  /**
   * The upstream wants something of the client before it goes on. `parked` set: its (legacy) stream waits in this
   * worker; null: a modern upstream, go on with a new exchange that carries `input`.
   */
  | {
      readonly kind: 'asks';
      readonly requests: Readonly<Record<string, Ask>>;
      readonly state: string | null;
      readonly parked: ParkedExchange | null;
    };

/** A legacy upstream that waits, in this worker, for what it asked. */
export interface ParkedExchange {
  /** Hands the answers over and reads on; what is not among them is answered with an error. */
  answer(answers: Readonly<Record<string, ClientAnswer>>): Promise<Turn>;
  /** Gives up: the upstream is told and its stream closed. */
  abort(): void;
}

export interface ExchangeInput {
  readonly upstream: Upstream;
  readonly scope: UpstreamScope;
  readonly method: string;
  /** With the upstream's names and URIs, without `_meta`; `paramsText` is the same as JSON. */
  readonly params: WireObject;
  readonly paramsText: string;
  /** For `Mcp-Param-*` headers. */
  readonly tool: ToolContext | null;
  readonly clientCapabilities: WireObject;
  readonly passMeta: WireObject | null;
  readonly logLevel: string | null;
  /** A progress token of ours goes upstream; progress comes back without one. */
  readonly wantsProgress: boolean;
  /** A modern retry. */
  readonly input: { readonly responses: WireObject; readonly state: string | null } | null;
  readonly credential: LentCredential;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Takes what comes before the answer; a promise holds the stream back. */
  readonly onNotification: (notification: RpcNotification) => Promise<void> | undefined;
}

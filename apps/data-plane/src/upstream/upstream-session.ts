import type { WireObject } from '@sallyport/mcp';
import type { SseChannel } from './sse-channel.ts';

/** A modern upstream: no session, everything travels with each request. */
export interface ModernSession {
  readonly era: 'modern';
  readonly version: string;
  /** Start of the `_meta` of each request, up to the value of the client's capabilities. */
  readonly metaHead: string;
}

/** A session held at a legacy upstream, for one scope. */
export interface HeldSession {
  readonly era: 'legacy';
  readonly version: string;
  readonly scopeKey: string;
  /** What its `initialize` declared. */
  readonly declared: WireObject;
  readonly headers: Readonly<Record<string, string>>;
  readonly sessionId: string | undefined;
  /** The stream of an HTTP+SSE upstream (2024-11-05). */
  readonly channel: SseChannel | undefined;
}

export type UpstreamSession = ModernSession | HeldSession;

/** What an upstream says of itself at its door. */
export interface UpstreamFacts {
  readonly era: 'modern' | 'legacy';
  readonly version: string;
  readonly transport: 'http' | 'sse';
  readonly capabilities: WireObject;
  readonly instructions: string | undefined;
}

export const acceptBoth = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
} as const;

export const acceptStream = { accept: 'text/event-stream' } as const;

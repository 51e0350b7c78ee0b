import type { Implementation, WireObject } from '@sallyport/mcp';

/** Who speaks through us on a legacy upstream; an upstream session is never shared beyond its scope. */
export type UpstreamScope =
  /** Ourselves: pins, probes, the hub's streams. */
  | { readonly kind: 'gateway' }
  /** One legacy client session; `key` is its nonce. */
  | {
      readonly kind: 'session';
      readonly key: string;
      readonly capabilities: WireObject;
      readonly client: Implementation;
      readonly version: string;
    }
  /** A modern client: its key and the set of its capabilities. */
  | { readonly kind: 'principal'; readonly key: string; readonly capabilities: WireObject };

export const gatewayScope: UpstreamScope = { kind: 'gateway' };

/** The name under which what is held for a scope is kept. */
export function scopeKeyOf(scope: UpstreamScope): string {
  return scope.kind === 'gateway' ? 'gateway' : `${scope.kind}:${scope.key}`;
}

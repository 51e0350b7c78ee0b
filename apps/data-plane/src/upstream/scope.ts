import { hash } from 'node:crypto';
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
  switch (scope.kind) {
    case 'gateway':
      return 'gateway';
    case 'session':
      // A nonce is random and looks like no other key; every call of its session asks for it.
      return scope.key;
    case 'principal':
      // Invariant: what one set of capabilities declared is not what another one is asked for.
      return `principal:${scope.key}${capabilitySet(scope.capabilities)}`;
  }
}

function capabilitySet(capabilities: WireObject): string {
  const text = JSON.stringify(capabilities);
  return text === '{}' ? '' : `:${hash('sha256', text, 'base64url').slice(0, 22)}`;
}

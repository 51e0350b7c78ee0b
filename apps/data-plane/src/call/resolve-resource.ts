import type { Upstreams } from '../upstream/upstreams.ts';
import { type Call, type Stop, stop } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { isTakenBack, maxNameShown, settle, wrongParams } from './resolved.ts';

const maxUriLength = 4_096;
/** What a legacy client expects for a URI that is not there. */
const legacyNotFound = -32_002;

/** Stage 4 of `resources/read`: the URI becomes an approved resource, or one that an approved template makes. */
export function createResolveResource(upstreams: Pick<Upstreams, 'of'>): Stage<'read', 'resolved'> {
  return (call) => {
    const uri = call.params?.uri;
    if (typeof uri !== 'string' || uri === '') return wrongParams('uri must be text');
    call.toolName = cleanText(uri, maxNameShown);
    const found = findResource(call, uri);
    if (!found) return unknownResource(call, uri);
    // Judged is what leaves: a policy about a URI has one form of it to know, whatever stands before it here.
    const args = { uri: found.upstreamUri };
    const argsText = JSON.stringify(args);
    const request = { method: 'resources/read', params: args, paramsText: argsText };
    return settle(call, { item: found.item, args, argsText, request }, upstreams);
  };
}

/** What a URI leads to on this endpoint, where nothing took it back. */
export function findResource(call: Call<'read'>, uri: string) {
  if (uri.length > maxUriLength) return undefined;
  const found = call.endpoint.resourceByUri(uri);
  return found && !isTakenBack(call.tenant, found.item) ? found : undefined;
}

/** The stop for a URI that is not there, in the words of the caller's era. */
export function unknownResource(call: Call<'read'>, uri: string): Stop {
  return stop('unknown_resource', {
    details: { uri: cleanText(uri, maxNameShown) },
    ...(call.era === 'legacy' ? { rpc: legacyNotFound } : {}),
  });
}

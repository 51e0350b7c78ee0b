import { grant, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

/** Stage 10: the upstream's own credential; the caller's token goes no further than this process. */
export const lendCredential: Stage<'pinVerified', 'lent'> = (call) => {
  const credential = call.upstream.credential();
  if (!credential) return stop('credential_missing', { details: { server: call.tool.server.slug } });
  call.credential = credential;
  return grant<'lent'>(call);
};

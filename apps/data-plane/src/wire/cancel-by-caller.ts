import { isRequestId, type RequestId } from '@sallyport/mcp';
import { type CallState, cutCall } from '../call/call.ts';
import type { Conversations } from '../conversation/conversations.ts';

/** A legacy client cancels a request of its own session, which may run on another worker. */
export function createCancelByCaller(
  running: () => ReadonlySet<CallState>,
  { post, sessions }: Pick<Conversations, 'post' | 'sessions'>,
): (by: CallState) => void {
  const { idOf } = sessions;
  const cut = (session: string, keyId: string, requestId: RequestId): boolean => {
    for (const call of running()) {
      if (call.id !== requestId || call.session === null || call.principal?.key.id !== keyId) continue;
      if (call.req.method !== 'POST' || call.method === 'initialize' || idOf(call.session) !== session)
        continue;
      cutCall(call, 'client');
      return true;
    }
    return false;
  };
  post.on('cancel', ({ session, keyId, requestId }) => void cut(session, keyId, requestId));
  return (by) => {
    const requestId = by.params?.requestId;
    if (!isRequestId(requestId) || by.session === null || by.principal === null) return;
    const session = idOf(by.session);
    const keyId = by.principal.key.id;
    if (!cut(session, keyId, requestId)) post.broadcast('cancel', { session, keyId, requestId });
  };
}

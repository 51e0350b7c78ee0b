import { isRequestId } from '@sallyport/mcp';
import { type CallState, cutCall } from '../call/call.ts';

/** A legacy client cancels a request of its own session; one that runs on another worker is not found here. */
export function cancelByCaller(running: ReadonlySet<CallState>, by: CallState): void {
  const requestId = by.params?.requestId;
  if (!isRequestId(requestId) || by.session === null) return;
  for (const call of running) {
    const isSame =
      call.session?.nonce === by.session.nonce && call.principal?.key.id === by.principal?.key.id;
    if (isSame && call.id === requestId && call.method === 'tools/call') cutCall(call, 'client');
  }
}

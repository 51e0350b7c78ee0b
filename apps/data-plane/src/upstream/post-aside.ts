import { writeNotification } from '@sallyport/mcp';
import type { LentCredential } from './lent-credential.ts';
import type { Upstream } from './upstream.ts';
import { acceptBoth, type HeldSession } from './upstream-session.ts';

const asideTimeoutMs = 10_000;

/** Posts what gets no answer of its own (a notification, a response) to a legacy upstream; gives the status. */
export async function postAside(
  upstream: Upstream,
  session: HeldSession,
  credential: LentCredential,
  body: string,
): Promise<number> {
  if (session.channel) return session.channel.post(body);
  const { status, body: answer } = await upstream.outbound.request({
    url: upstream.server.url,
    circuit: upstream.circuit,
    headers: { ...acceptBoth, ...session.headers, ...credential.headers },
    body,
    timeoutMs: asideTimeoutMs,
    ...(credential.query ? { query: credential.query } : {}),
  });
  if (!answer.isWhole()) answer.cancel();
  return status;
}

/** Tells a legacy upstream that nobody waits for this request any more; best effort. */
export function tellCancelled(
  upstream: Upstream,
  session: HeldSession,
  credential: LentCredential,
  requestId: number,
): void {
  const body = writeNotification('notifications/cancelled', { requestId });
  postAside(upstream, session, credential, body).catch(() => {});
}

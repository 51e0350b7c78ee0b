import { ask } from './list-capabilities.ts';
import type { Upstream } from './upstream.ts';
import type { HeldSession } from './upstream-session.ts';

const subscribed = new WeakMap<HeldSession, Set<string>>();

/** Makes the gateway's own session at a legacy upstream subscribe to exactly these resources; best effort. */
export async function syncSubscriptions(
  upstream: Upstream,
  session: HeldSession,
  uris: readonly string[],
): Promise<void> {
  const known = subscribed.get(session) ?? new Set<string>();
  subscribed.set(session, known);
  const wanted = new Set(uris);
  for (const uri of [...known]) {
    if (wanted.has(uri)) continue;
    known.delete(uri);
    await ask(upstream, 'resources/unsubscribe', { uri }).catch(() => {});
  }
  for (const uri of wanted) {
    if (known.has(uri)) continue;
    known.add(uri);
    await ask(upstream, 'resources/subscribe', { uri }).catch(() => known.delete(uri));
  }
}

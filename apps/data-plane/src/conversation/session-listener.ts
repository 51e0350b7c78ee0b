import { writeNotification } from '@sallyport/mcp';
import type { CallState } from '../call/call.ts';
import type { OutStream } from '../wire/out-stream.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import type { Listener } from './event-hub.ts';
import type { StreamDeps } from './stream-deps.ts';
import { type ListName, listNames } from './visible.ts';

/** Hears for the streams of legacy sessions; tells every change of a list, and resources that were subscribed to. */
export interface SessionListeners {
  /** Starts for a stream; gives how to stop. */
  add(call: CallState, session: LegacySession, stream: OutStream): () => void;
}

/** Makes them; a subscription made on any worker reaches the one that holds the session's stream. */
export function createSessionListeners(
  deps: Pick<StreamDeps, 'hub' | 'post' | 'sessions'>,
): SessionListeners {
  const { hub, sessions } = deps;
  const bySession = new Map<string, { readonly listener: Listener; readonly session: LegacySession }>();
  const reload = async (id: string): Promise<void> => {
    const held = bySession.get(id);
    if (!held) return;
    held.listener.uris = new Set(await sessions.subscriptions(held.session));
    hub.refresh(held.listener);
  };
  deps.post.on('uris', ({ session }) => reload(session));
  return {
    add(call, session, stream) {
      const id = sessions.idOf(session);
      const listener: Listener = {
        tenantId: session.tenantId,
        endpointSlug: call.endpointSlug,
        keyHash: call.principal?.key.hash ?? '',
        lists: new Set<ListName>(listNames),
        uris: new Set(),
        listChanged: (name) => void stream.push(listChangedText(name)),
        updated: (uri) => void stream.push(writeNotification('notifications/resources/updated', { uri })),
        lost: () => stream.end(),
      };
      const entry = { listener, session };
      bySession.set(id, entry);
      const remove = hub.add(listener);
      void reload(id);
      return () => {
        remove();
        // A newer stream of the same session hears by itself.
        if (bySession.get(id) === entry) bySession.delete(id);
      };
    },
  };
}

/** What a client is told when a list may have changed while nobody was there to tell it. */
export function tellEverything(stream: OutStream): void {
  for (const name of listNames) void stream.push(listChangedText(name));
}

const listChangedText = (name: ListName): string => writeNotification(`notifications/${name}/list_changed`);

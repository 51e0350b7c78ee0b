import { describe, expect, it } from 'vitest';
import { type LiveEvent, LiveHub } from './live-hub.ts';

function listen(hub: LiveHub, sessionId: string, tenantId: string) {
  const seen: LiveEvent[] = [];
  const state = { isClosed: false };
  const remove = hub.add({
    sessionId,
    tenantId,
    send: (event) => seen.push(event),
    close: () => {
      state.isClosed = true;
      remove();
    },
  });
  return { seen, state };
}

describe('LiveHub', () => {
  it('hands an event to the sessions of its tenant only', () => {
    const hub = new LiveHub();
    const a = listen(hub, 's1', 'tenant-a');
    const b = listen(hub, 's2', 'tenant-b');
    hub.deliver({ tenantId: 'tenant-a', type: 'call', id: '1' });
    expect(a.seen).toHaveLength(1);
    expect(b.seen).toHaveLength(0);
  });

  it('ends the streams of a session that was revoked', () => {
    const hub = new LiveHub();
    const a = listen(hub, 's1', 't');
    const b = listen(hub, 's2', 't');
    hub.closeSession('s1');
    expect(a.state.isClosed).toBe(true);
    expect(b.state.isClosed).toBe(false);
    expect(hub.size).toBe(1);
  });
});

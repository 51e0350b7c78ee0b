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

  it('has room for eight streams of one session, and for others still', () => {
    const hub = new LiveHub();
    for (let at = 0; at < 7; at += 1) listen(hub, 's1', 't');
    expect(hub.hasRoomFor('s1')).toBe(true);
    listen(hub, 's1', 't');
    expect(hub.hasRoomFor('s1')).toBe(false);
    expect(hub.hasRoomFor('s2')).toBe(true);
    hub.closeSession('s1');
    expect(hub.hasRoomFor('s1')).toBe(true);
  });

  it('has room for 500 streams in all', () => {
    const hub = new LiveHub();
    for (let at = 0; at < 500; at += 1) listen(hub, `s${at}`, 't');
    expect(hub.hasRoomFor('another')).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { createSessionPool } from './session-pool.ts';
import type { HeldSession } from './upstream-session.ts';

const session = (scopeKey: string): HeldSession => ({
  era: 'legacy',
  version: '2025-11-25',
  scopeKey,
  declared: {},
  headers: {},
  sessionId: scopeKey,
  channel: undefined,
});

describe('createSessionPool', () => {
  it('keeps no more than its limit, whoever holds them, and lets the least used go first', () => {
    let now = 0;
    const left: string[] = [];
    const pool = createSessionPool(() => now, { maxSessions: 2, idleMs: 1_000_000 });
    const [one, two] = [pool.shelf(), pool.shelf()];
    const put = (shelf: typeof one, key: string): void =>
      shelf.set(key, session(key), () => void left.push(key));
    put(one, 'a');
    put(two, 'b');
    now = 60_000;
    one.get('a');
    put(two, 'c');
    expect(left).toEqual(['b']);
    expect([one.get('a')?.scopeKey, two.get('b'), two.get('c')?.scopeKey]).toEqual(['a', undefined, 'c']);
  });

  it('gives up what nobody used for long, and nothing that was taken out before', () => {
    let now = 0;
    const left: string[] = [];
    const pool = createSessionPool(() => now, { maxSessions: 10, idleMs: 1_000 });
    const shelf = pool.shelf();
    for (const key of ['a', 'b', 'c']) shelf.set(key, session(key), () => void left.push(key));
    shelf.delete('b');
    now = 500;
    shelf.set('d', session('d'), () => void left.push('d'));
    pool.sweep(1_200);
    expect(left).toEqual(['a', 'c']);
    expect(pool.size).toBe(1);
  });
});

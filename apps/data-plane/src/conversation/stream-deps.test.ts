import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { CallState } from '../call/call.ts';
import { holdOpen } from './stream-deps.ts';

afterEach(() => void vi.useRealTimers());

it.each([
  ['key', { principal: { key: { expiresAtMs: 60_000 } }, session: { expiresAtMs: 90_000 } }],
  ['session', { principal: { key: { expiresAtMs: null } }, session: { expiresAtMs: 60_000 } }],
])('T15: a stream ends when its %s runs out', async (_what, whose) => {
  vi.useFakeTimers({ now: 0 });
  const res = Object.assign(new EventEmitter(), { destroyed: false });
  const call = { ...whose, res, cut: null, abort: null } as unknown as CallState;
  let isEnded = false;
  const held = holdOpen(call, () => {
    isEnded = true;
  });
  await vi.advanceTimersByTimeAsync(59_999);
  expect(isEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(isEnded).toBe(true);
  await held;
  expect(res.listenerCount('close')).toBe(0);
});

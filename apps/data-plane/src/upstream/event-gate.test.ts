import type { ToolKind } from '@sallyport/snapshot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEventGate } from './event-gate.ts';
import type { UpstreamEvent } from './hub-events.ts';

const settle = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 300 && !isTrue(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

afterEach(() => void vi.useRealTimers());

describe('createEventGate', () => {
  it('answers a storm of changed lists ever later, and is awake again when it is over', async () => {
    vi.useFakeTimers();
    let looks = 0;
    const look = async (): Promise<void> => {
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    const gate = createEventGate({ pins: { look }, onEvent: () => {} });
    for (let at = 0; at < 60_000; at += 10) {
      gate.take({ kind: 'list_changed', list: 'tools' });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(looks).toBeGreaterThan(5);
    expect(looks).toBeLessThan(16);
    await vi.advanceTimersByTimeAsync(60_000);
    const before = looks;
    gate.take({ kind: 'list_changed', list: 'tools' });
    await vi.advanceTimersByTimeAsync(100);
    expect(looks).toBe(before + 1);
    gate.close();
  });

  it('joins equal events and looks at the pins of a list before it tells', async () => {
    const order: unknown[] = [];
    const look = async (kinds: readonly ToolKind[]): Promise<void> => {
      order.push(kinds);
      throw new Error('the upstream is away');
    };
    const gate = createEventGate({ pins: { look }, onEvent: (event) => void order.push(event) });
    for (let i = 0; i < 1_000; i += 1) {
      gate.take({ kind: 'list_changed', list: 'resources' });
      gate.take({ kind: 'updated', uri: 'file:///a' });
    }
    await settle(() => order.length >= 3);
    expect(order).toEqual([
      ['resource', 'template'],
      { kind: 'list_changed', list: 'resources' },
      { kind: 'updated', uri: 'file:///a' },
    ]);
    gate.close();
  });

  it('keeps a bounded number of different events and tells nothing once it is closed', async () => {
    const told: UpstreamEvent[] = [];
    const gate = createEventGate({
      pins: { look: async () => {} },
      onEvent: (event) => void told.push(event),
    });
    for (let i = 0; i < 5_000; i += 1) gate.take({ kind: 'updated', uri: `file:///${i}` });
    await settle(() => told.length > 0);
    expect(told.length).toBe(1_000);
    gate.take({ kind: 'updated', uri: 'file:///late' });
    gate.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told.length).toBe(1_000);
  });
});

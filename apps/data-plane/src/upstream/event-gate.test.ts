import type { ToolKind } from '@sallyport/snapshot';
import { describe, expect, it } from 'vitest';
import { createEventGate } from './event-gate.ts';
import type { UpstreamEvent } from './hub-events.ts';

const settle = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 300 && !isTrue(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('createEventGate', () => {
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

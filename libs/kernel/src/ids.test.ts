import { describe, expect, it } from 'vitest';
import { fromWireId, isUuid, toWireId, uuidV7 } from './ids.ts';

describe('ids', () => {
  const id = uuidV7(1_760_000_000_000, new Uint8Array(10).fill(0xff));
  it('mints version 7, variant 10 UUIDs that sort by time', () => {
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
    expect(uuidV7(1_760_000_000_001, new Uint8Array(10)) > id).toBe(true);
  });
  it('round-trips the wire form and refuses another kind', () => {
    const wire = toWireId('server', id);
    expect(fromWireId('server', wire)).toBe(id);
    expect(fromWireId('tool', wire)).toBeUndefined();
    expect(fromWireId('server', `${wire}0`)).toBeUndefined();
    expect(fromWireId('server', 'srv_../../etc/passwd')).toBeUndefined();
  });
});

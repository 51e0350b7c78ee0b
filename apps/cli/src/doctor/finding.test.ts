import { describe, expect, it } from 'vitest';
import { formatFindings } from './finding.ts';

describe('formatFindings', () => {
  it('prints advice only where something is not well', () => {
    const text = formatFindings([
      { kind: 'well', name: 'Node', detail: '24.21.0' },
      { kind: 'broken', name: 'Disk', detail: '3 MB free', advice: 'free some' },
    ]);
    expect(text).toBe('  ✓ Node  24.21.0\n  ✗ Disk  3 MB free\n          → free some');
  });
});

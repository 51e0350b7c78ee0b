import { describe, expect, it } from 'vitest';
import { groupCapabilities } from './capability-groups.ts';

describe('groupCapabilities', () => {
  it('keeps the order of the kinds, tells app UI from other resources and leaves out what is empty', () => {
    const entries = [
      { kind: 'RESOURCE', name: 'ui://chart' },
      { kind: 'RESOURCE', name: 'file:///a' },
      { kind: 'TOOL', name: 'add' },
    ] as const;
    const grouped = groupCapabilities(entries, (entry) => entry);
    expect(grouped.map(({ group, entries: of }) => [group, of.map(({ name }) => name)])).toEqual([
      ['TOOL', ['add']],
      ['RESOURCE', ['file:///a']],
      ['APP', ['ui://chart']],
    ]);
  });
});

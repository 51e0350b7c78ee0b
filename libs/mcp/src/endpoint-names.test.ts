import { describe, expect, it } from 'vitest';
import { findRenameFault, findWireCollisions, type NamedCapability, wireNames } from './endpoint-names.ts';

const tool = (id: string, name: string, more: Partial<NamedCapability> = {}): NamedCapability => ({
  id,
  kind: 'tool',
  name,
  exposedName: `jira__${name.replace(/[^A-Za-z0-9_-]/g, '_')}`,
  serverSlug: 'jira',
  rename: null,
  ...more,
});

describe('wireNames', () => {
  it('gives prefixed names, upstream names on a plain endpoint, and a given name before both', () => {
    const capabilities = [tool('1', 'create'), tool('2', 'close', { rename: 'end_ticket' })];
    expect([...wireNames(capabilities, 'prefixed').values()]).toEqual(['jira__create', 'end_ticket']);
    expect([...wireNames(capabilities, 'plain').values()]).toEqual(['create', 'end_ticket']);
  });

  it('keeps the cleaned name where the upstream name is none that clients take', () => {
    expect(wireNames([tool('1', 'no spaces here')], 'plain').get('1')).toBe('jira__no_spaces_here');
  });

  it('leaves a URI alone, and lets nobody shadow one that is there', () => {
    const first = tool('1', 'file:///a', { kind: 'resource', rename: 'ignored' });
    const later = tool('2', 'file:///a', { kind: 'resource', serverSlug: 'wiki' });
    const names = wireNames([later, first], 'prefixed');
    expect(names.get('1')).toBe('file:///a');
    expect(names.get('2')).toBe('sp-wiki:file:///a');
  });
});

describe('findWireCollisions', () => {
  it('names both sides, and keeps the kinds apart', () => {
    const capabilities = [
      tool('1', 'a', { rename: 'same' }),
      tool('2', 'b', { rename: 'same' }),
      tool('3', 'c', { kind: 'prompt', rename: 'same' }),
    ];
    expect(findWireCollisions(capabilities, wireNames(capabilities, 'prefixed'))).toEqual([
      { kind: 'tool', name: 'same', ids: ['1', '2'] },
    ]);
  });
});

describe('findRenameFault', () => {
  it('takes [A-Za-z0-9_-]{1,60} without the mark of a server prefix', () => {
    expect(findRenameFault('create-ticket_2')).toBeUndefined();
    expect(findRenameFault('x'.repeat(61))).toBe('pattern');
    expect(findRenameFault('a b')).toBe('pattern');
    expect(findRenameFault('')).toBe('pattern');
    expect(findRenameFault('wiki__read')).toBe('prefix');
  });
});

import { describe, expect, it } from 'vitest';
import {
  type Capability,
  type Choices,
  emptyDraft,
  isSame,
  isShown,
  previewOf,
  toInput,
  withItem,
  withShown,
} from './draft.ts';

const tool = (
  toolId: string,
  serverId: string,
  name: string,
  more: Partial<Capability> = {},
): Capability => ({
  toolId,
  kind: 'TOOL',
  name,
  exposedName: `${serverId}__${name}`,
  state: 'APPROVED',
  isUsed: true,
  serverId,
  title: null,
  description: `${name} something`,
  tokens: 100,
  ...more,
});
const choices: Choices = {
  searchTokens: 300,
  servers: [
    { id: 'jira', name: 'Jira', slug: 'jira' },
    { id: 'wiki', name: 'Wiki', slug: 'wiki' },
  ],
  capabilities: [tool('1', 'jira', 'create'), tool('2', 'jira', 'close'), tool('3', 'wiki', 'read')],
};
const chosen = (...ids: string[]) => withShown(emptyDraft, ids, true);
const namesOf = (draft: typeof emptyDraft) => previewOf(draft, choices).rows.map((row) => row.wireName);

describe('a draft of an endpoint', () => {
  it('shows what is chosen under the names that workers give', () => {
    expect(namesOf(chosen('1', '3'))).toEqual(['jira__create', 'wiki__read']);
    expect(namesOf({ ...chosen('1', '2'), naming: 'PLAIN' })).toEqual(['close', 'create']);
    expect(namesOf(withItem(chosen('1'), '1', { name: 'open_ticket' }))).toEqual(['open_ticket']);
  });

  it('says why names cannot be plain, and shows what would be shown instead', () => {
    const both = { ...chosen('1', '3'), naming: 'PLAIN' as const };
    expect(previewOf(both, choices).plainFault).toBe('several_servers');
    expect(namesOf(both)).toEqual(['jira__create', 'wiki__read']);
    const all = { ...emptyDraft, selection: 'ALL' as const, naming: 'PLAIN' as const };
    expect(previewOf(all, choices).plainFault).toBe('needs_choice');
  });

  it('flags two of one name until one is hidden', () => {
    const twice = withItem(withItem(chosen('1', '3'), '1', { name: 'go' }), '3', { name: 'go' });
    const preview = previewOf(twice, choices);
    expect(preview.faults).toBe(2);
    expect(preview.rows.map((row) => row.twins)).toEqual([['wiki__read'], ['jira__create']]);
    expect(previewOf(withItem(twice, '3', { hidden: true }), choices).faults).toBe(0);
  });

  it('flags names that are none, and the ones of tool search', () => {
    expect(previewOf(withItem(chosen('1'), '1', { name: 'a b' }), choices).rows[0]?.fault).toBe('pattern');
    expect(previewOf(withItem(chosen('1'), '1', { name: 'wiki__read' }), choices).rows[0]?.fault).toBe(
      'prefix',
    );
    const reserved = { ...withItem(chosen('1'), '1', { name: 'call_tool' }), toolSearch: true };
    expect(previewOf(reserved, choices).faults).toBe(1);
  });

  it('counts the tokens of the list with the descriptions given here, without what is hidden', () => {
    expect(previewOf(chosen('1', '2'), choices).listTokens).toBe(200);
    expect(previewOf(withItem(chosen('1', '2'), '2', { hidden: true }), choices).listTokens).toBe(100);
    const longer = withItem(chosen('1'), '1', { description: 'word '.repeat(50) });
    expect(previewOf(longer, choices).listTokens).toBe(100 - 3 + 50);
  });

  it('keeps only exceptions of an endpoint that shows everything', () => {
    const all = { ...emptyDraft, selection: 'ALL' as const };
    const hidden = withShown(all, ['1'], false);
    expect(isShown(hidden, '1')).toBe(false);
    expect(isShown(hidden, '2')).toBe(true);
    expect(toInput(hidden).items).toEqual([{ toolId: '1', name: null, description: null, hidden: true }]);
    expect(toInput(withShown(hidden, ['1'], true)).items).toEqual([]);
    expect(isSame(withShown(hidden, ['1'], true), all)).toBe(true);
  });
});

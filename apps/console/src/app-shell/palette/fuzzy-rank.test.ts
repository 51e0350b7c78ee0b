import { describe, expect, it } from 'vitest';
import { fuzzyRank, scoreText } from './fuzzy-rank.ts';

const items = [
  { id: 'a', label: 'create_issue', keywords: 'Jira' },
  { id: 'b', label: 'issue_create_bulk', keywords: 'Jira' },
  { id: 'c', label: 'Agents & keys' },
  { id: 'd', label: 'search_notes', keywords: 'Demo' },
];
const ids = (query: string, recent: readonly string[] = []) =>
  fuzzyRank(items, query, recent, 10).map((item) => item.id);

describe('fuzzyRank', () => {
  it('puts a start before a middle, and finds by letters in their order', () => {
    expect(ids('create')).toEqual(['a', 'b']);
    expect(ids('cis')[0]).toBe('a');
    expect(ids('sn')[0]).toBe('d');
  });

  it('finds by what stands beside the name, after the names', () => {
    expect(ids('jira')).toEqual(['a', 'b']);
    expect(ids('demo')).toEqual(['d']);
  });

  it('puts what was used lately first', () => {
    expect(ids('issue', ['a'])[0]).toBe('a');
  });

  it('shows everything for nothing, and nothing for what is not there', () => {
    expect(ids('')).toEqual(['a', 'b', 'c', 'd']);
    expect(ids('zzz')).toEqual([]);
    expect(scoreText('xyz', 'abc')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { mergeBuckets, rangeBounds, sumActions, totalOf } from './detection-range.ts';
import { readCard } from './read-card.ts';
import { codeOf, isComplete, toDraft, toInput } from './rule-draft.ts';
import { filterRules, filterTypes, type RuleRow, type TypeRow, typeName } from './rules-filter.ts';

const none = { block: 0, mask: 0, tokenise: 0, alert: 0, monitor: 0 };

describe('ranges and buckets', () => {
  it('goes from whole hour to whole hour', () => {
    const bounds = rangeBounds('day', Date.parse('2026-11-21T10:20:00Z'));
    expect(bounds).toEqual({
      from: '2026-11-20T11:00:00.000Z',
      to: '2026-11-21T11:00:00.000Z',
      bucket: 'HOUR',
    });
    expect(rangeBounds('month', 0).bucket).toBe('DAY');
  });

  it('merges buckets without losing any', () => {
    const buckets = Array.from({ length: 14 }, (_, hour) => ({
      ...{ ...none, at: `h${hour}`, block: 1, monitor: hour, overridden: hour === 13 ? 2 : 0 },
    }));
    const merged = mergeBuckets(buckets, 6);
    expect(merged.map(({ at, block, overridden }) => [at, block, overridden])).toEqual([
      ['h0', 6, 0],
      ['h6', 6, 0],
      ['h12', 2, 2],
    ]);
    expect(totalOf(sumActions(merged))).toBe(totalOf(sumActions(buckets)));
  });
});

describe('filters', () => {
  const rule = (code: string, tier: RuleRow['tier'], owasp: string | null = null) =>
    ({ code, tier, title: code.replaceAll('_', ' '), owasp }) as RuleRow;
  const rules = [rule('sql_union', 'RULE', 'MCP05'), rule('model_attack', 'MODEL')];
  const codes = (found: readonly RuleRow[]) => found.map(({ code }) => code);

  it('finds rules by every word and by tier', () => {
    expect(codes(filterRules(rules, { find: 'UNION sql' }))).toEqual(['sql_union']);
    expect(codes(filterRules(rules, { find: 'mcp05' }))).toEqual(['sql_union']);
    expect(codes(filterRules(rules, { tier: 'MODEL' }))).toEqual(['model_attack']);
    expect(codes(filterRules(rules, { find: '  ' }))).toHaveLength(2);
  });

  it('finds types by the name they are shown under', () => {
    const types = [{ type: 'GITHUB_TOKEN', class: 'SECRET' }] as TypeRow[];
    expect(filterTypes(types, { find: 'github token' }, typeName)).toHaveLength(1);
    expect(filterTypes(types, { class: 'HEALTH' }, typeName)).toHaveLength(0);
    expect([typeName('AWS_ACCESS_KEY'), typeName('PYPI_TOKEN'), typeName('DATE_OF_BIRTH')]).toEqual([
      'AWS access key',
      'PyPI token',
      'Date of birth',
    ]);
  });
});

describe('drafts of rules', () => {
  it('makes a code of the title until one is written', () => {
    const draft = { ...toDraft(null), title: 'Projekt „Blaue Ämsel“ 2', value: 'x' };
    expect(toInput(draft).code).toBe('projekt_blaue_a_msel_2');
    expect(toInput({ ...draft, code: ' mine ' }).code).toBe('mine');
    expect(codeOf('  ')).toBe('');
  });

  it('is complete with a title, a value and somewhere to look', () => {
    const draft = { ...toDraft(null), title: 'A', value: 'x' };
    expect(isComplete(draft)).toBe(true);
    expect(isComplete({ ...draft, surfaces: [] })).toBe(false);
    expect(isComplete({ ...draft, toolIds: [] })).toBe(false);
    expect(isComplete({ ...draft, value: ' ' })).toBe(false);
    expect(isComplete({ ...draft, title: '…' })).toBe(false);
  });
});

describe('readCard', () => {
  const share = { hits: 9, of: 10, value: 0.9, low: 0.6, high: 0.98 };
  const row = {
    ...{ malicious: 10, benign: 20, rocAuc: 0.97, recall: share, falsePositives: share, recallAt1: null },
  };

  it('reads what the evaluation writes', () => {
    const card = readCard({
      rows: { own: 5 },
      unseen: { core: { result: row, prompt: { ...row, malicious: 0, benign: 0 } }, all: {} },
      context: { rugPull: share },
      latency: [{ kilobytes: 1, p50Ms: 0.1, p99Ms: 0.4, calls: 100 }],
    });
    expect(card?.protocols[0]?.core.map(({ surface }) => surface)).toEqual(['result']);
    expect(card?.protocols[0]?.core[0]?.recall).toEqual({ value: 0.9, low: 0.6, high: 0.98, of: 10 });
    expect(card?.latency).toHaveLength(1);
  });

  it('shows nothing rather than something wrong', () => {
    for (const value of [null, undefined, [], 'x', {}, { unseen: 3 }]) expect(readCard(value)).toBeNull();
  });
});

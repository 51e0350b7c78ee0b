import { describe, expect, it } from 'vitest';
import { useDetectionGround } from '../testing/detection-ground.ts';

describe('rules of a tenant', () => {
  const { ground, ask, codeOf, published } = useDetectionGround();
  const rule = (extra: object = {}) => ({
    code: 'heron',
    title: 'Project Heron',
    kind: 'KEYWORDS',
    value: 'project heron\nheron-7',
    surfaces: ['RESULT', 'ARGUMENTS'],
    severity: 'HIGH',
    ...extra,
  });
  const createRule =
    'mutation($i: CustomRuleInput!) { createDetectionRule(input: $i) { rule { id code version toolIds updatedBy } } }';

  it('keeps rules of the tenant: made, edited, tried and deleted, and published each time', async () => {
    const { toolId } = ground();
    const { createDetectionRule } = await ask(createRule, { i: rule({ toolIds: [toolId] }) });
    const made = createDetectionRule.rule;
    expect(made).toMatchObject({ code: 'custom_heron', version: 1, toolIds: [toolId] });
    expect((await published()).customRules).toMatchObject([
      { code: 'custom_heron', kind: 'keywords', surfaces: ['arguments', 'result'], severity: 'high' },
    ]);
    expect(await codeOf(createRule, { i: rule() })).toBe('conflict');
    const edit = `mutation($id: ID!, $v: Int!, $i: CustomRuleInput!) {
      updateDetectionRule(id: $id, version: $v, input: $i) { rule { version enabled toolIds } } }`;
    const { updateDetectionRule } = await ask(edit, { id: made.id, v: 1, i: rule({ enabled: false }) });
    expect(updateDetectionRule.rule).toEqual({ version: 2, enabled: false, toolIds: null });
    expect((await published()).customRules).toEqual([]);
    expect(await codeOf(edit, { id: made.id, v: 1, i: rule() })).toBe('conflict');
    expect(await codeOf(edit, { id: made.id, v: 2, i: rule({ code: 'stork' }) })).toBe('invalid_input');
    await ask('mutation($id: ID!) { deleteDetectionRule(id: $id) { version } }', { id: made.id });
    const { detection } = await ask('{ detection { customRules { id } } }');
    expect(detection.customRules).toEqual([]);
  });

  it('refuses a rule that is none', async () => {
    const bad = (extra: object) => codeOf(createRule, { i: rule(extra) });
    expect(await bad({ code: 'Not A Code' })).toBe('invalid_input');
    expect(await bad({ value: '' })).toBe('invalid_input');
    expect(await bad({ value: 'x'.repeat(5_000) })).toBe('invalid_input');
    expect(await bad({ surfaces: [] })).toBe('invalid_input');
    expect(await bad({ toolIds: [] })).toBe('invalid_input');
    expect(await bad({ toolIds: ['tol_00000000000000000000000000000000'] })).toBe('not_found');
    expect(await bad({ kind: 'PATTERN', value: '(unclosed' })).toBe('invalid_input');
    expect(await bad({ kind: 'PATTERN', value: '(a+)+\\1' })).toBe('invalid_input');
    expect(await bad({ kind: 'PATTERN', value: '((a{1,100}){1,100}){1,100}' })).toBe('invalid_input');
    expect(await bad({ kind: 'PATTERN', value: '.*' })).toBe('invalid_input');
  });

  it('tries a rule on a pasted text, in linear time whatever the pattern is, and stores nothing', async () => {
    const attempt = `query($k: CustomRuleKind!, $v: String!, $t: String!) {
      tryDetectionRule(kind: $k, value: $v, text: $t) { problems hits { start end } stepsPerCharacter } }`;
    const found = await ask(attempt, { k: 'KEYWORDS', v: 'project heron', t: 'the Project Heron plan' });
    expect(found.tryDetectionRule).toMatchObject({ problems: [], hits: [{ start: 4, end: 17 }] });
    const costOf = async (length: number): Promise<number> =>
      (await ask(attempt, { k: 'PATTERN', v: '(a+)+b', t: 'a'.repeat(length) })).tryDetectionRule
        .stepsPerCharacter;
    expect(await costOf(40_000)).toBeLessThanOrEqual((await costOf(10_000)) * 1.1);
    const { tryDetectionRule } = await ask(attempt, { k: 'PATTERN', v: '(', t: 'x' });
    expect(tryDetectionRule.problems).toHaveLength(1);
    expect(await codeOf(attempt, { k: 'PATTERN', v: 'a', t: 'x'.repeat(100_001) })).toBe('invalid_input');
    expect((await published()).customRules).toEqual([]);
  });

  it('holds at most so many rules of a tenant', async () => {
    const { plane, tenantId } = ground();
    await plane.database.admin(
      `INSERT INTO detection_rule (tenant_id, id, code, title, kind, value, surfaces, severity, tool_ids, enabled)
       SELECT $1, gen_random_uuid(), 'custom_many_' || n, 'x', 'keywords', 'word ' || n, '{result}', 'low', '{}', false
       FROM generate_series(1, 200) AS n`,
      [tenantId],
    );
    expect(await codeOf(createRule, { i: rule() })).toBe('invalid_input');
    await plane.database.admin('DELETE FROM detection_rule WHERE tenant_id = $1', [tenantId]);
  });
});

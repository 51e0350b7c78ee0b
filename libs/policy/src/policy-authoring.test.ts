import { describe, expect, it } from 'vitest';
import { loadCedar } from './__fixtures__/cedar-engine.ts';
import { allowAll, decide, engines, program, subject } from './__fixtures__/policy-cases.ts';
import {
  checkPolicyText,
  compareEffect,
  compilePolicies,
  holdEngine,
  policyLimits,
  policyTemplates,
} from './index.ts';

describe('checkPolicyText', () => {
  it('finds the place of a fault in lines and columns, also after wide characters', () => {
    const text = 'permit(principal, action, resource);\n// é€😀\npermit(principal action, resource);';
    expect(checkPolicyText(engines, text)).toMatchObject({
      kind: 'invalid',
      problems: [
        { line: 3, column: 18, endLine: 3, endColumn: 24, message: expect.stringContaining('action') },
      ],
    });
  });
  it.each([
    ['', /no policy/],
    ['permit(principal == ?principal, action, resource);', /Slots/],
    ['permit(principal, action, resource) when { 99999999999999999999 > 1 };', /too large/],
    ['\ud800', /well-formed/],
    [`// ${'x'.repeat(policyLimits.maxBytes)}`, /bytes/],
    [allowAll.repeat(51), /At most 50/],
  ])('refuses %s', (text, message) => {
    const check = checkPolicyText(engines, text);
    expect(check.kind).toBe('invalid');
    expect(check.kind === 'invalid' && check.problems[0]?.message).toMatch(message);
  });
  it('warns about scopes that can never match', () => {
    const text = 'permit(principal == Role::"x", action == Action::"delete", resource in Agent::"y");';
    const check = checkPolicyText(engines, text);
    expect(check.kind === 'ok' && check.warnings).toHaveLength(3);
    expect(checkPolicyText(engines, allowAll)).toEqual({ kind: 'ok', policies: 1, warnings: [] });
  });

  const when = (condition: string) => `permit(principal, action, resource) when { ${condition} };`;
  it.each([
    ['brackets', when(`${'('.repeat(200)}true${')'.repeat(200)}`)],
    ['negations in brackets', when(`${'!('.repeat(200)}true${')'.repeat(200)}`)],
    ['if', when(`${'if true then '.repeat(400)}true${' else false'.repeat(400)}`)],
    ['else if', when(`${'if false then true else '.repeat(400)}true`)],
    ['a chain of &&', when(Array(1000).fill('true').join('&&'))],
    ['a chain of +', when(`${Array(2000).fill('1').join('+')}>0`)],
    ['attributes', when(`context${'.a'.repeat(4000)}`)],
    ['indexes', when(`context${'["a"]'.repeat(500)}`)],
    ['calls', when(`[1]${'.isEmpty()'.repeat(500)}`)],
    ['sets', when(`${'['.repeat(500)}1${']'.repeat(500)}==1`)],
    ['records', when(`${'{a:'.repeat(500)}1${'}'.repeat(500)}==1`)],
    ['minus', when(`${'1-'.repeat(2000)}1>0`)],
    ['words as operators', when(`${'context has a && '.repeat(400)}true`)],
  ])('T19: refuses a text that would crash the engine by nesting: %s', (_, text) => {
    const before = engines.crashes;
    expect(checkPolicyText(engines, text).kind).toBe('invalid');
    expect(engines.crashes).toBe(before);
    expect(decide(program(allowAll)).kind).toBe('permit');
  });
  it.each([
    when(`${'('.repeat(22)}true${')'.repeat(22)}`),
    when(Array(100).fill('context.args has a').slice(0, 40).join(' || ')),
    when(`["${Array(500).fill('x').join('","')}"].contains(context.client)`),
    when(`[${Array(100).fill('Tool::"a__b"').join(', ')}].contains(resource)`),
    Array(40).fill(when('context.args.a == 1 && context.args.b == 2')).join('\n'),
  ])('takes texts of ordinary size', (text) => {
    expect(checkPolicyText(engines, text).kind).toBe('ok');
  });
});

describe('holdEngine', () => {
  it('goes on with a fresh instance after a crash and prepares again', () => {
    const holder = holdEngine(loadCedar);
    const text = 'forbid(principal, action, resource) when { ip(context.args.path).isLoopback() };';
    const compiled = compilePolicies({
      engines: holder,
      policies: [{ id: 'p', name: 'P', text: `${allowAll}${text}` }],
    });
    if (compiled.kind === 'invalid') throw new Error('invalid');
    expect(decide(compiled.program, { path: '127.0.0.1' })).toMatchObject({ cause: 'forbid' });
    const poison = `permit(principal, action, resource) when { ${'('.repeat(200)}true${')'.repeat(200)} };`;
    expect(() => holder.call((engine) => engine.policySetTextToParts(poison))).toThrow();
    expect(holder.crashes).toBe(1);
    expect(decide(compiled.program, { path: '127.0.0.1' })).toMatchObject({ cause: 'forbid' });
    expect(decide(compiled.program, { path: '10.0.0.1' }).kind).toBe('permit');
  });
  it('uses the ids of disposed programs again', () => {
    const holder = holdEngine(loadCedar);
    const ids = Array.from({ length: 20 }, () => {
      const prepared = holder.prepare(allowAll);
      if (prepared) holder.release(prepared);
      return prepared?.poolId;
    });
    expect(new Set(ids).size).toBe(1);
  });
});

describe('policyTemplates', () => {
  const nasty = 'a" || true || "\\ * \n é';
  it.each(policyTemplates.map((template) => [template.id, template] as const))(
    '%s gives valid Cedar',
    (_, template) => {
      const examples = Object.fromEntries(template.fields.map((field) => [field.name, field.example]));
      expect(checkPolicyText(engines, template.build(examples))).toMatchObject({ kind: 'ok', warnings: [] });
      const hostile = Object.fromEntries(template.fields.map((field) => [field.name, nasty]));
      expect(checkPolicyText(engines, template.build(hostile))).toMatchObject({ kind: 'ok', policies: 1 });
    },
  );
  it('do what they say', () => {
    const [grant, deny, condition] = policyTemplates;
    const granted = program(grant?.build({ role: 'support', tools: 'files__read, x__y' }) ?? '');
    expect(decide(granted).kind).toBe('permit');
    expect(decide(granted, {}, { exposedName: 'files__write' }).kind).toBe('deny');
    const denied = program(allowAll, deny?.build({ tool: 'files__read', reason: 'No "reading".' }) ?? '');
    expect(decide(denied)).toMatchObject({ reason: 'No "reading".' });
    const limited = program(
      allowAll,
      condition?.build({ tool: 'files__read', argument: 'path', text: '*.' }) ?? '',
    );
    expect(decide(limited, { path: 'a*.b' })).toMatchObject({ cause: 'forbid' });
    expect(decide(limited, { path: 'a.b' }).kind).toBe('permit');
  });
});

describe('compareEffect', () => {
  it('lists what a change of policies changes', () => {
    const before = program(allowAll);
    const after = program(allowAll, 'forbid(principal, action, resource == Tool::"files__read");');
    const subjects = [subject, { ...subject, exposedName: 'files__list' }];
    expect(compareEffect({ before, after, subjects })).toEqual([
      { subject, before: 'allowed', after: 'denied' },
    ]);
  });
});

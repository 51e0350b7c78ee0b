import type { JsonObject } from '@sallyport/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCedar } from './__fixtures__/cedar-engine.ts';
import { compilePolicies, holdEngine, type SliceSubject } from './index.ts';
import { mapArguments, toCedarJson } from './map-arguments.ts';
import { numberPlan } from './number-plan.ts';

/**
 * The closures against the engine: random policies (also badly typed ones) on random arguments must be satisfied,
 * unsatisfied or in error alike. More runs: POLICY_RUNS=20000.
 */
const runs = Number(process.env.POLICY_RUNS ?? 1_500);
const cedar = loadCedar();
const engines = holdEngine(loadCedar);

const schema = {
  type: 'object',
  properties: {
    n: { type: 'integer' },
    d: { type: 'number' },
    s: { type: 'string' },
    list: { type: 'array', items: { type: 'integer' } },
    r: { type: 'object', properties: { n: { type: 'integer' } } },
  },
};

const subject: SliceSubject = {
  agentId: 'a1',
  roles: ['dev', 'ops'],
  customerId: 'c1',
  exposedName: 'files__read',
  serverSlug: 'files',
  inputSchema: () => schema,
};

const { expression } = fc.letrec<{ expression: string; boolean: string; any: string }>((tie) => {
  const boolean = tie('boolean');
  const any = tie('any');
  const leaf = fc.constantFrom(
    'context.args.n',
    'context.args.d',
    'context.args.s',
    'context.args.b',
    'context.args.list',
    'context.args.r',
    'context.args.r.n',
    'context.args["odd name"]',
    'context.args',
    'context.client',
    'principal',
    'resource',
    'action',
    'Role::"dev"',
    'Server::"files"',
    'Agent::"a1"',
    'true',
    'false',
    '0',
    '1',
    '-7',
    '9223372036854775807',
    '4611686018427387904',
    '"x"',
    '"a*b"',
    'decimal("1.5")',
    'decimal("-0.0001")',
    'decimal(context.args.s)',
    '[]',
    '[1, 2]',
    '[1, "x", [2]]',
    '{a: 1, "b": "x"}',
    'context.args.n + 1',
    'context.args.n * 3037000500',
    '-context.args.n',
  );
  const anyOf = fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: boolean },
    { weight: 1, arbitrary: fc.tuple(any, any).map(([a, b]) => `[${a}, ${b}]`) },
    { weight: 1, arbitrary: fc.tuple(any, any).map(([a, b]) => `{n: ${a}, "x": ${b}}`) },
    { weight: 1, arbitrary: fc.tuple(boolean, any, any).map(([c, a, b]) => `(if ${c} then ${a} else ${b})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(any, fc.constantFrom('+', '-', '*'), any)
        .map(([a, operator, b]) => `((${a}) ${operator} (${b}))`),
    },
  );
  const compare = fc
    .tuple(any, fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in'), any)
    .map(([a, operator, b]) => `(${a}) ${operator} (${b})`);
  const method = fc
    .tuple(
      any,
      fc.constantFrom(
        'contains',
        'containsAll',
        'containsAny',
        'lessThan',
        'lessThanOrEqual',
        'greaterThan',
        'greaterThanOrEqual',
      ),
      any,
    )
    .map(([a, name, b]) => `(${a}).${name}(${b})`);
  const pattern = fc
    .array(
      fc.constantFrom('*', 'a', 'b', '.', '\\*', 'ab', '😀', 'é', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(''));
  const simple = fc.oneof(
    fc.constantFrom(
      'context has args.r.n',
      'context.args has s',
      'context.args has r.n',
      'context.args has n.x',
      'context.args has "odd name"',
      'context has client',
      'principal has name',
      'principal is Agent',
      'principal is Agent in Role::"dev"',
      'principal in [Role::"none", Customer::"c1"]',
      'resource in Server::"files"',
      'action == Action::"call"',
      'context.args.list.isEmpty()',
      'context.args.b',
    ),
    fc
      .tuple(fc.constantFrom('context.args.s', 'context.client', 'context.args.n'), pattern)
      .map(([a, p]) => `${a} like "${p}"`),
  );
  return {
    expression: boolean,
    any: anyOf,
    boolean: fc.oneof(
      { maxDepth: 4 },
      simple,
      compare,
      method,
      fc.tuple(boolean, boolean).map(([a, b]) => `(${a}) && (${b})`),
      fc.tuple(boolean, boolean).map(([a, b]) => `(${a}) || (${b})`),
      boolean.map((a) => `!(${a})`),
      any,
    ),
  };
});

const number = fc.oneof(fc.integer({ min: -10, max: 10 }), fc.maxSafeInteger());
const args = fc.record(
  {
    n: number,
    d: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true })),
    s: fc.oneof(
      fc.constantFrom('x', '1.5', 'a*b', 'ab.ab', 'aab😀é'),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constant('a'.repeat(60).concat('b')),
    ),
    b: fc.boolean(),
    list: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
    r: fc.oneof(
      fc.record({ n: number }),
      fc.constant({}),
      fc.constant(null),
      fc.constant({ __entity: { type: 'Role', id: 'dev' } }),
    ),
    'odd name': fc.constantFrom('x', 1, true),
  },
  { requiredKeys: [] },
);

type Verdict = 'satisfied' | 'unsatisfied' | 'error';

function byEngine(policyText: string, given: JsonObject): Verdict {
  const mapped = mapArguments({ args: given, names: 'all', plan: numberPlan(schema) });
  if (!mapped) throw new Error('the arguments have no Cedar form');
  cedar.preparsePolicySet('oracle', { staticPolicies: { p: policyText } });
  const parents = [
    { type: 'Role', id: 'dev' },
    { type: 'Role', id: 'ops' },
    { type: 'Customer', id: 'c1' },
  ];
  const answer = cedar.statefulIsAuthorized({
    principal: { type: 'Agent', id: 'a1' },
    action: { type: 'Action', id: 'call' },
    resource: { type: 'Tool', id: 'files__read' },
    context: { args: toCedarJson(mapped), endpoint: 'main', client: 'aab', era: 'modern' },
    entities: [
      { uid: { type: 'Agent', id: 'a1' }, attrs: {}, parents },
      { uid: { type: 'Tool', id: 'files__read' }, attrs: {}, parents: [{ type: 'Server', id: 'files' }] },
    ],
    preparsedPolicySetId: 'oracle',
  });
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
  if (answer.response.diagnostics.errors.length > 0) return 'error';
  return answer.response.diagnostics.reason.length > 0 ? 'satisfied' : 'unsatisfied';
}

function byClosures(policyText: string, given: JsonObject): { verdict: Verdict; inEngine: number } {
  const allowAll = { id: 'all', name: 'all', text: 'permit(principal, action, resource);' };
  const compiled = compilePolicies({
    engines,
    policies: [allowAll, { id: 'p', name: 'p', text: policyText }],
  });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  const decision = compiled.program
    .sliceFor(subject)
    .decide({ args: given, endpoint: 'main', client: 'aab', era: 'modern' });
  const { inEngine } = compiled.program.counts;
  compiled.program.dispose();
  if (decision.kind === 'permit') return { verdict: 'unsatisfied', inEngine };
  return { verdict: decision.cause === 'forbid' ? 'satisfied' : 'error', inEngine };
}

describe('compiled policies', () => {
  it('agree with the engine on random policies and arguments', () => {
    const seen = { satisfied: 0, unsatisfied: 0, error: 0, inEngine: 0 };
    fc.assert(
      fc.property(
        expression,
        fc.option(expression),
        fc.array(args, { minLength: 2, maxLength: 4 }),
        (when, unless, many) => {
          const text = `forbid(principal, action, resource) when { ${when} }${unless === null ? '' : ` unless { ${unless} }`};`;
          for (const given of many) {
            const expected = byEngine(text, given as JsonObject);
            const { verdict, inEngine } = byClosures(text, given as JsonObject);
            seen[verdict] += 1;
            seen.inEngine += inEngine;
            expect({ text, given, verdict }).toEqual({ text, given, verdict: expected });
          }
        },
      ),
      { numRuns: runs },
    );
    // The generator must reach all three, and most policies must run as closures.
    const total = seen.satisfied + seen.unsatisfied + seen.error;
    expect(seen.satisfied).toBeGreaterThan(total / 40);
    expect(seen.unsatisfied).toBeGreaterThan(total / 40);
    expect(seen.error).toBeGreaterThan(total / 40);
    expect(seen.inEngine).toBeLessThan(total / 2);
  }, 600_000);
});

import { describe, expect, it } from 'vitest';
import { allowAll, decide, program, subject } from './__fixtures__/policy-cases.ts';

describe('sliceFor', () => {
  it('denies by default', () => {
    expect(decide(program())).toMatchObject({ kind: 'deny', cause: 'no_permit', policyIds: [] });
  });

  it.each([
    ['principal == Agent::"a1"', true],
    ['principal == Agent::"a2"', false],
    ['principal in Role::"support"', true],
    ['principal in Role::"admin"', false],
    ['principal in Customer::"c1"', true],
    ['principal is Agent in Role::"support"', true],
    ['principal is Robot', false],
    ['principal in Agent::"a1"', true],
  ])('matches %s exactly: %s', (principal, isPermitted) => {
    expect(decide(program(`permit(${principal}, action, resource);`)).kind).toBe(
      isPermitted ? 'permit' : 'deny',
    );
  });

  it.each([
    ['resource == Tool::"files__read"', true],
    ['resource == Tool::"files__write"', false],
    ['resource == Tool::"prompt:files__read"', false],
    ['resource in Server::"files"', true],
    ['resource in Server::"mail"', false],
    ['resource is Tool in Server::"files"', true],
  ])('matches %s exactly: %s', (resource, isPermitted) => {
    expect(decide(program(`permit(principal, action, ${resource});`)).kind).toBe(
      isPermitted ? 'permit' : 'deny',
    );
  });

  it('lets a forbid win and says why, with id and advice', () => {
    const decision = decide(
      program(
        allowAll,
        '@id("no-files") @reason("Files are closed.") @advice("Ask the owner.") forbid(principal, action, resource in Server::"files");',
      ),
    );
    expect(decision).toEqual({
      kind: 'deny',
      cause: 'forbid',
      policyIds: ['p1'],
      reason: 'Files are closed.',
      advice: 'Ask the owner.',
    });
  });

  it('names the policy where it gives no reason', () => {
    expect(decide(program(allowAll, 'forbid(principal, action, resource);'))).toMatchObject({
      reason: 'The policy "Policy 1" forbids this call.',
    });
  });

  it('decides a condition that does not read the call beforehand', () => {
    const policies = program('permit(principal, action, resource) when { principal in Role::"support" };');
    expect(policies.sliceFor(subject).isStatic).toBe(true);
    expect(decide(policies).kind).toBe('permit');
    expect(decide(policies, {}, { roles: [] }).kind).toBe('deny');
  });

  it('shares one slice among tools that no policy names', () => {
    const policies = program(allowAll, 'forbid(principal, action, resource == Tool::"x__y");');
    const slice = policies.sliceFor(subject);
    expect(policies.sliceFor({ ...subject, exposedName: 'files__list' })).toBe(slice);
    expect(policies.sliceFor({ ...subject, exposedName: 'x__y' })).not.toBe(slice);
  });
});

describe('mayList', () => {
  const listed = (...texts: readonly string[]) =>
    program(...texts)
      .sliceFor(subject)
      .mayList();

  it('shows a tool that some permit may allow and no forbid excludes', () => {
    expect(listed(allowAll)).toBe(true);
    expect(
      listed('permit(principal, action == Action::"call", resource) when { context.args.count > 3 };'),
    ).toBe(true);
    expect(listed(allowAll, 'forbid(principal, action, resource) when { context.args.count > 3 };')).toBe(
      true,
    );
  });
  it('hides a tool that may never be called, or that a policy hides from lists', () => {
    expect(listed()).toBe(false);
    expect(listed('permit(principal, action == Action::"list", resource);')).toBe(false);
    expect(listed(allowAll, 'forbid(principal, action, resource == Tool::"files__read");')).toBe(false);
    expect(listed(allowAll, 'forbid(principal, action == Action::"list", resource);')).toBe(false);
  });
});

describe('conditions on arguments', () => {
  const noDots = program(
    allowAll,
    'forbid(principal, action, resource) when { context.args has path && context.args.path like "*..*" };',
  );

  it('permits and denies by the value', () => {
    expect(decide(noDots, { path: '/a/b' }).kind).toBe('permit');
    expect(decide(noDots, { path: '/a/../b' })).toMatchObject({
      kind: 'deny',
      cause: 'forbid',
      policyIds: ['p1'],
    });
    expect(decide(noDots, {}).kind).toBe('permit');
  });

  it('T21: denies when a forbid cannot be evaluated, where Cedar would skip it and allow', () => {
    const policies = program(allowAll, 'forbid(principal, action, resource) when { context.args.path > 3 };');
    expect(decide(policies, { path: 'text' })).toMatchObject({
      kind: 'deny',
      cause: 'forbid_error',
      policyIds: ['p1'],
    });
    expect(decide(policies, {})).toMatchObject({ kind: 'deny', cause: 'forbid_error' });
  });

  it('denies an erroring forbid that runs in the engine too', () => {
    const text = 'forbid(principal, action, resource) when { ip(context.args.path).isLoopback() };';
    const policies = program(allowAll, text);
    expect(policies.counts.inEngine).toBe(1);
    expect(decide(policies, { path: '10.0.0.1' }).kind).toBe('permit');
    expect(decide(policies, { path: '127.0.0.1' })).toMatchObject({ kind: 'deny', cause: 'forbid' });
    expect(decide(policies, { path: 'no address' })).toMatchObject({ kind: 'deny', cause: 'forbid_error' });
    policies.dispose();
  });

  it('does not apply a permit that cannot be evaluated', () => {
    const policies = program('permit(principal, action, resource) when { context.args.path > 3 };');
    expect(decide(policies, { path: 'x' })).toMatchObject({ kind: 'deny', cause: 'no_permit' });
  });

  it('takes numbers as the schema says, never as they look', () => {
    const long = program(allowAll, 'forbid(principal, action, resource) when { context.args.count > 5 };');
    expect(decide(long, { count: 5 }).kind).toBe('permit');
    expect(decide(long, { count: 6 })).toMatchObject({ cause: 'forbid' });
    const decimal = program(
      allowAll,
      'forbid(principal, action, resource) when { context.args.price.greaterThan(decimal("5.0")) };',
    );
    expect(decide(decimal, { price: 5 }).kind).toBe('permit');
    expect(decide(decimal, { price: 6 })).toMatchObject({ cause: 'forbid' });
    expect(decide(decimal, { price: 5.0001 })).toMatchObject({ cause: 'forbid' });
    const confused = program(
      allowAll,
      'forbid(principal, action, resource) when { context.args.price > 5 };',
    );
    expect(decide(confused, { price: 6 })).toMatchObject({ cause: 'forbid_error' });
  });

  it.each([
    ['an integer that the upstream may read differently', { count: 2 ** 53 }],
    ['a number out of range', { price: 1e300 }],
    ['an argument nested too deep', { deep: JSON.parse(`${'['.repeat(40)}1${']'.repeat(40)}`) }],
  ])('denies when a policy reads %s', (_, args) => {
    const name = Object.keys(args)[0];
    const policies = program(
      `permit(principal, action, resource) when { context.args["${name}"] == 1 || true };`,
    );
    expect(decide(policies, args)).toMatchObject({ kind: 'deny', cause: 'not_evaluable' });
    expect(decide(noDots, args).kind).toBe('permit');
  });

  it('never interprets keys of the caller', () => {
    const role = { __entity: { type: 'Role', id: 'support' } };
    const grant = 'permit(principal, action, resource) when { principal in context.args.deep };';
    expect(decide(program(grant), { deep: role }).kind).toBe('deny');
    const extension = 'permit(principal, action, resource) when { context.args.deep == decimal("1.0") };';
    expect(decide(program(extension), { deep: { __extn: { fn: 'decimal', arg: '1.0' } } }).kind).toBe('deny');
    const renamed =
      'permit(principal, action, resource) when { context.args.deep["raw:__entity"].id == "support" };';
    expect(decide(program(renamed), { deep: role }).kind).toBe('permit');
    const top = 'permit(principal, action, resource) when { context.args["raw:__proto__"] == "x" };';
    expect(decide(program(top), JSON.parse('{"__proto__":"x"}')).kind).toBe('permit');
    expect(
      decide(program('permit(principal, action, resource) when { context.args has __proto__ };'), {}).kind,
    ).toBe('deny');
  });

  it('reads endpoint, client and era', () => {
    const policies = program(
      'permit(principal, action, resource) when { context.endpoint == "main" && context.client like "claude*" && context.era == "modern" };',
    );
    expect(decide(policies).kind).toBe('permit');
  });

  it('reads the arguments as a whole where a policy does', () => {
    const policies = program('permit(principal, action, resource) when { context.args == {path: "x"} };');
    expect(decide(policies, { path: 'x' }).kind).toBe('permit');
    expect(decide(policies, { path: 'x', count: 1 }).kind).toBe('deny');
  });

  it('treats null as absent and lists as sets', () => {
    const policies = program(
      'permit(principal, action, resource) when { !(context.args has path) && context.args.tags.containsAll(["a", "b"]) };',
    );
    expect(decide(policies, { path: null, tags: ['b', 'a', 'a', null] }).kind).toBe('permit');
    expect(decide(policies, { path: null, tags: ['b'] }).kind).toBe('deny');
  });
});

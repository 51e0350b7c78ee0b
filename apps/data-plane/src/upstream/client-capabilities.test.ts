import { describe, expect, it } from 'vitest';
import { canBeAsked, declaredFor, mayAsk } from './client-capabilities.ts';
import { gatewayScope, scopeKeyOf, type UpstreamScope } from './scope.ts';

const principal = (capabilities: object): UpstreamScope => ({
  kind: 'principal',
  key: 'k',
  capabilities: capabilities as Record<string, unknown>,
});

describe('declaredFor', () => {
  it('declares what the client did and we can relay', () => {
    const given = {
      sampling: { tools: {} },
      roots: { listChanged: true },
      tasks: {},
      magic: {},
      elicitation: 7,
    };
    expect(declaredFor(principal(given))).toEqual({ sampling: { tools: {} }, roots: {} });
    const session = {
      ...principal(given),
      kind: 'session',
      client: { name: 'c', version: '1' },
      version: '2025-11-25',
    };
    expect(declaredFor(session as UpstreamScope)).toEqual({ sampling: { tools: {} }, roots: {}, tasks: {} });
  });

  it('declares nothing for ourselves, and no more than its limit for anybody', () => {
    expect(declaredFor(gatewayScope)).toEqual({});
    expect(declaredFor(principal({ roots: {}, experimental: { x: 'x'.repeat(9_000) } }))).toEqual({
      roots: {},
    });
  });
});

describe('mayAsk', () => {
  it.each([
    ['elicitation/create', undefined, { elicitation: {} }, true],
    ['elicitation/create', { mode: 'url' }, { elicitation: {} }, false],
    ['elicitation/create', { mode: 'url' }, { elicitation: { url: {} } }, true],
    ['elicitation/create', { mode: 'form' }, { elicitation: { url: {} } }, false],
    ['sampling/createMessage', {}, { roots: {} }, false],
    ['roots/list', undefined, { roots: {} }, true],
    ['tools/call', {}, { sampling: {} }, false],
    ['constructor', {}, {}, false],
  ])('%s %j of a client with %j: %s', (method, params, declared, may) => {
    expect(mayAsk(declared, method, params)).toBe(may);
  });

  it('knows who can be asked for nothing', () => {
    expect([canBeAsked({}), canBeAsked({ experimental: {} }), canBeAsked({ roots: {} })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('scopeKeyOf', () => {
  it('keeps apart what must not share a session', () => {
    const keys = [
      gatewayScope,
      principal({}),
      principal({ roots: {} }),
      { ...principal({}), key: 'other' } as UpstreamScope,
    ].map(scopeKeyOf);
    expect(new Set(keys).size).toBe(4);
    expect(scopeKeyOf(principal({ roots: {} }))).toBe(keys[2]);
  });
});

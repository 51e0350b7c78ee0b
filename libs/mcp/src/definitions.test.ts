import { createHash } from 'node:crypto';
import type { Sha256Hex } from '@sallyport/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionDigest, readToolDefinition } from './canonical-definition.ts';
import { diffDefinitions } from './definition-diff.ts';
import { findSchemaFault } from './schema-limits.ts';
import {
  exposedName,
  findNameCollisions,
  isServerSlug,
  proposeServerSlug,
  splitExposedName,
} from './tool-names.ts';

const sha256: Sha256Hex = (data) => createHash('sha256').update(data).digest('hex');
const tool = {
  name: 'add',
  description: 'Adds',
  inputSchema: { type: 'object', properties: { a: {}, b: {} } },
};

describe('definitionDigest', () => {
  it('ignores the order of keys and nothing else', () => {
    const shuffled = {
      inputSchema: { properties: { b: {}, a: {} }, type: 'object' },
      description: 'Adds',
      name: 'add',
    };
    expect(definitionDigest(shuffled, sha256)).toBe(definitionDigest(tool, sha256));
    for (const change of [
      { description: 'Adds ' },
      { title: 'x' },
      { _meta: { a: 1 } },
      { unknownKey: null },
      { annotations: { readOnlyHint: true } },
    ]) {
      expect(definitionDigest({ ...tool, ...change }, sha256)).not.toBe(definitionDigest(tool, sha256));
    }
  });
  it('reads only entries that are tools', () => {
    expect(readToolDefinition(tool)).toBe(tool);
    for (const bad of [
      null,
      [],
      { name: '' },
      { name: 'x' },
      { ...tool, name: 1 },
      { ...tool, inputSchema: [] },
    ]) {
      expect(readToolDefinition(bad)).toBeUndefined();
    }
  });
});

describe('diffDefinitions', () => {
  it('lists changed, added and removed places', () => {
    const after = {
      ...tool,
      description: 'Steals',
      inputSchema: { type: 'object', properties: { a: {}, c: 1 } },
    };
    expect(diffDefinitions(tool, after)).toEqual([
      { kind: 'changed', path: ['description'], before: 'Adds', after: 'Steals' },
      { kind: 'removed', path: ['inputSchema', 'properties', 'b'], before: {} },
      { kind: 'added', path: ['inputSchema', 'properties', 'c'], after: 1 },
    ]);
  });
  it('is empty exactly when the digests agree', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = definitionDigest({ v: a }, sha256) === definitionDigest({ v: b }, sha256);
        expect(diffDefinitions({ v: a }, { v: b }).length === 0).toBe(same);
        expect(diffDefinitions({ v: a }, { v: structuredClone(a) })).toEqual([]);
      }),
    );
  });
});

describe('exposedName', () => {
  const slug = fc.stringMatching(/^[a-z0-9]{1,6}([-_][a-z0-9]{1,6}){0,3}$/).filter(isServerSlug);
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.stringMatching(/^[A-Za-z_.-]{1,80}$/),
  );
  it('keeps plain names and shortens or cleans others with a hash', () => {
    expect(exposedName('github', 'create_issue', sha256)).toBe('github__create_issue');
    expect(exposedName('github', 'repo.get', sha256)).toMatch(/^github__repo_get_[0-9a-f]{10}$/);
    expect(exposedName('github', 'x'.repeat(100), sha256)).toHaveLength(60);
    expect(splitExposedName('a__b__c')).toEqual({ server: 'a', tool: 'b__c' });
  });
  it('is valid, at most 60 long, and one-to-one over any set', () => {
    const pairs = fc.uniqueArray(fc.tuple(slug, name), {
      selector: (pair) => JSON.stringify(pair),
      maxLength: 60,
    });
    fc.assert(
      fc.property(pairs, (entries) => {
        const names = entries.map(([server, toolName]) => exposedName(server, toolName, sha256));
        for (const exposed of names) expect(exposed).toMatch(/^[A-Za-z0-9_-]{1,60}$/);
        expect(findNameCollisions(names).size).toBe(0);
      }),
    );
  });
  it('cannot be forged by a plain name that looks hashed', () => {
    const hashed = exposedName('s', 'a.b', sha256);
    const forged = hashed.slice('s__'.length);
    expect(exposedName('s', forged, sha256)).not.toBe(hashed);
  });
  it('knows slugs that split one way only', () => {
    for (const good of ['a', 'a-b', 'a_b', '0']) expect(isServerSlug(good)).toBe(true);
    for (const bad of ['', 'A', 'a__b', 'a_', '_a', 'a-', 'a.b', 'x'.repeat(33)])
      expect(isServerSlug(bad)).toBe(false);
    expect(proposeServerSlug('  My Ünï Server!! ')).toBe('my-u-ni-server');
    fc.assert(fc.property(fc.string(), (text) => isServerSlug(proposeServerSlug(text))));
  });
});

describe('findSchemaFault', () => {
  const defs = (count: number, make: (i: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`d${i}`, make(i)]));
  const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

  it('accepts ordinary and recursive schemas', () => {
    expect(findSchemaFault(tool.inputSchema)).toBeUndefined();
    const tree = {
      $defs: { t: { properties: { left: ref('t'), right: ref('t'), default: { $ref: '#' } } } },
      ...ref('t'),
    };
    expect(findSchemaFault({ ...tree, type: 'object' })).toBeUndefined();
    const json = {
      anyOf: [{ type: 'string' }, { items: { $ref: '#' } }, { additionalProperties: { $ref: '#' } }],
    };
    expect(findSchemaFault(json)).toBeUndefined();
    expect(
      findSchemaFault({ const: { $ref: 'https://data/' }, properties: { $ref: { type: 'string' } } }),
    ).toBeUndefined();
    expect(
      findSchemaFault({
        $anchor: 'top',
        properties: { a: { $ref: '#top' }, b: { $ref: '#/$defs/x~1y' } },
        $defs: { 'x/y': true },
      }),
    ).toBeUndefined();
  });

  it.each([
    ['not_an_object', []],
    ['too_large', { description: 'é'.repeat(40_000) }],
    ['too_deep', JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
    ['too_many_keys', { properties: defs(5_001, () => 1) }],
    ['bad_value', JSON.parse('{"__proto__":{}}')],
    ['remote_ref', { properties: { a: { $ref: 'http://169.254.169.254/' } } }],
    ['remote_ref', { $defs: { unused: { $ref: 'other.json#/a' } } }],
    ['remote_ref', { properties: { default: { $ref: '//host/a' } } }],
    ['remote_ref', { properties: { a: { $id: 'https://x/', type: 'string' } } }],
    ['unresolved_ref', { $ref: '#/$defs/nothing' }],
    ['unresolved_ref', { $ref: '#/constructor' }],
    ['endless_ref', { $ref: '#' }],
    ['endless_ref', { properties: { x: ref('b') }, allOf: [ref('b')], $defs: { b: { $ref: '#' } } }],
    [
      'expands_too_far',
      {
        ...ref('d0'),
        $defs: defs(31, (i) => (i < 30 ? { allOf: [ref(`d${i + 1}`), ref(`d${i + 1}`)] } : {})),
      },
    ],
    [
      'expands_too_far',
      { anyOf: [{ properties: { c: { $ref: '#' } } }, { properties: { c: { $ref: '#' } } }] },
    ],
  ])('refuses %s', (kind, schema) => {
    expect(findSchemaFault(schema)?.kind).toBe(kind);
  });

  it('is quick with a wide schema met again and again, and with long pointers', () => {
    const wide = { properties: defs(1_000, () => ({})) };
    const users = { properties: defs(300, () => ({ allOf: [ref('wide'), ref('wide')] })) };
    expect(findSchemaFault({ allOf: [ref('users'), wide], $defs: { wide, users } })?.kind).toBe(
      'expands_too_far',
    );
    const far = { $ref: `#/${'a/'.repeat(20_000)}` };
    expect(findSchemaFault({ $defs: { far }, allOf: Array(500).fill(ref('far')) })?.kind).toBe(
      'unresolved_ref',
    );
  });

  it('never throws on any JSON object', () => {
    const keyword = fc.constantFrom('$ref', 'properties', 'allOf', 'items', 'not', '$defs', 'a', '$anchor');
    const { schema } = fc.letrec((tie) => ({
      schema: fc.dictionary(
        keyword,
        fc.oneof(
          fc.constantFrom('#', '#/a', '#/$defs/a', true, 1),
          tie('schema'),
          fc.array(tie('schema'), { maxLength: 3 }),
        ),
      ),
    }));
    fc.assert(
      fc.property(schema, (value) => void findSchemaFault(value)),
      { numRuns: 60 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engines, sampleRows, sha256, uuid } from './__fixtures__/sample-rows.ts';
import {
  buildSnapshot,
  buildSnapshotIndex,
  parseSnapshot,
  type SnapshotIndex,
  type SnapshotRows,
  selfCheck,
  snapshotBody,
  snapshotLimits,
  type TenantSnapshot,
} from './index.ts';
import { jsonTextDepth, utf8Length } from './text-measures.ts';

const snapshot = buildSnapshot(sampleRows());

describe('buildSnapshot', () => {
  it('takes in only what may be used, and nothing that points at what was left out', () => {
    const ids = (rows: readonly { readonly id: string }[]) =>
      rows.map((row) => Number.parseInt(row.id.slice(-4), 16));
    expect(ids(snapshot.servers)).toEqual([31, 32]);
    expect(ids(snapshot.tools)).toEqual([41, 42, 43]);
    expect(ids(snapshot.agents)).toEqual([61]);
    expect(ids(snapshot.customers)).toEqual([51]);
    expect(ids(snapshot.keys)).toEqual([71, 75]);
    expect(ids(snapshot.policies)).toEqual([81, 82]);
    expect(snapshot.endpoints[1]?.items.map((item) => item.toolId)).toEqual([uuid(42), uuid(43)]);
    expect(snapshot.agents[0]?.roles).toEqual(['dev', 'ops']);
    expect(snapshot.settings).toMatchObject({ pinMaxAgeMs: 0, keepBodies: false });
  });

  it('gives the same bytes for the same rows in any order', () => {
    const body = snapshotBody(snapshot);
    const rows = sampleRows();
    const shuffle = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    fc.assert(
      fc.property(
        fc.record({
          endpoints: shuffle(rows.endpoints),
          servers: shuffle(rows.servers),
          tools: shuffle(rows.tools),
          agents: shuffle(rows.agents),
          customers: shuffle(rows.customers),
          keys: shuffle(rows.keys),
          policies: shuffle(rows.policies),
        }),
        (shuffled) => {
          expect(snapshotBody(buildSnapshot({ ...rows, ...shuffled } as SnapshotRows))).toBe(body);
        },
      ),
    );
  });

  it('ignores settings that it does not know', () => {
    const rows = sampleRows();
    const settings = { pinMaxAgeMs: 5, later: true } as SnapshotRows['tenant']['settings'];
    expect(buildSnapshot({ ...rows, tenant: { ...rows.tenant, settings } }).settings).not.toHaveProperty(
      'later',
    );
  });
});

describe('parseSnapshot', () => {
  it('reads back what was built', () => {
    expect(parseSnapshot(snapshotBody(snapshot))).toEqual({ kind: 'ok', snapshot });
  });
  it.each([
    ['no JSON', '{', 'unparsable'],
    ['a list', '[]', 'invalid_content'],
    ['a depth bomb', `${'['.repeat(200_000)}`, 'invalid_content'],
    ['too many bytes', `"${'é'.repeat(snapshotLimits.maxBodyBytes / 2)}"`, 'oversized'],
    ['an unknown field', JSON.stringify({ ...snapshot, more: 1 }), 'invalid_content'],
    ['an unknown state', JSON.stringify({ ...snapshot, state: 'paused' }), 'invalid_content'],
    ['another format', JSON.stringify({ ...snapshot, format: 1 }), 'invalid_content'],
    [
      'a blank field',
      JSON.stringify({ ...snapshot, agents: [{ ...snapshot.agents[0], name: '' }] }),
      'invalid_content',
    ],
    [
      'too many tools',
      JSON.stringify({ ...snapshot, tools: Array(5001).fill(snapshot.tools[0]) }),
      'invalid_content',
    ],
    [
      'another protocol',
      JSON.stringify({ ...snapshot, servers: [{ ...snapshot.servers[0], url: 'file:///etc/passwd' }] }),
      'invalid_content',
    ],
    [
      'a header name that breaks the line',
      JSON.stringify({
        ...snapshot,
        servers: [{ ...snapshot.servers[1], connection: { kind: 'header', name: 'a\r\nb', sealed: 'x' } }],
      }),
      'invalid_content',
    ],
  ])('refuses %s', (_, body, reason) => {
    expect(parseSnapshot(body)).toMatchObject({ kind: 'invalid', reason });
  });
});

describe('text measures', () => {
  it('count UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });
  it('count brackets outside of strings only', () => {
    expect(jsonTextDepth('{"a":"[[[\\"[[","b":[{}]}')).toBe(3);
    expect(jsonTextDepth('"\\\\"[[')).toBe(2);
    expect(jsonTextDepth('"[[[')).toBe(0);
  });
});

function indexOf(change: Partial<TenantSnapshot> = {}): SnapshotIndex {
  const built = buildSnapshotIndex({ snapshot: { ...snapshot, ...change }, engines });
  if (built.kind === 'invalid') throw new Error(built.problems.join('; '));
  return built.index;
}

describe('buildSnapshotIndex', () => {
  const index = indexOf();

  it('finds a key by its hash, with agent and customer', () => {
    expect(index.keyByHash(sha256('one'))).toMatchObject({
      agent: { name: 'Bot' },
      customer: { name: 'Acme' },
    });
    expect(index.keyByHash(sha256('revoked'))).toBeUndefined();
    expect(index.keyByHash('__proto__')).toBeUndefined();
  });
  it('exposes by each endpoint exactly its tools', () => {
    const main = index.endpointBySlug('main');
    const few = index.endpointBySlug('few');
    expect(main?.listed('tool')).toHaveLength(3);
    expect(main?.toolByName('server-31__add')).toMatchObject({
      name: 'server-31__add',
      context: { tool: { name: 'add' }, server: { slug: 'server-31' } },
    });
    expect(few?.listed('tool').map(({ context }) => context.tool.name)).toEqual(['read', 'drifted']);
    expect(few?.toolByName('server-31__add')).toBeUndefined();
    expect(few?.toolByName('server-31__read')?.context).toBe(main?.toolByName('server-31__read')?.context);
    expect(index.endpointBySlug('constructor')).toBeUndefined();
  });
  it('gives schema and policies of a tool, and keeps the slice', () => {
    const key = index.keyByHash(sha256('one'));
    const tool = index.endpointBySlug('main')?.toolByName('server-31__add')?.context;
    if (!key || !tool) throw new Error('missing');
    expect(tool.inputSchema()).toMatchObject({ type: 'object' });
    const slice = index.sliceFor(key, tool);
    expect(index.sliceFor(key, tool)).toBe(slice);
    const call = { endpoint: 'main', client: '', era: 'modern' };
    expect(slice.decide({ ...call, args: { n: 5 } })).toEqual({ kind: 'permit', policyIds: [uuid(81)] });
    expect(slice.decide({ ...call, args: { n: 6 } })).toMatchObject({ kind: 'deny', policyIds: [uuid(82)] });
  });
  const [tool, server, agent, key] = [
    snapshot.tools[0],
    snapshot.servers[0],
    snapshot.agents[0],
    snapshot.keys[0],
  ];
  if (!tool || !server || !agent || !key) throw new Error('the sample is empty');
  it.each<readonly [string, Partial<TenantSnapshot>, RegExp]>([
    ['a tool without server', { servers: [] }, /not in the snapshot/],
    ['a key without agent', { agents: [] }, /not in the snapshot/],
    ['an agent without customer', { customers: [] }, /not in the snapshot/],
    [
      'two tools of one name',
      { tools: [...snapshot.tools, { ...tool, id: uuid(99) as typeof tool.id }] },
      /exposed name/,
    ],
    [
      'two servers of one slug',
      { servers: [...snapshot.servers, { ...server, id: uuid(99) as typeof server.id }] },
      /slug/,
    ],
    [
      'two keys of one hash',
      { keys: [...snapshot.keys, { ...key, id: uuid(99) as typeof key.id }] },
      /key hash/,
    ],
    ['an endpoint with a foreign tool', { tools: snapshot.tools.slice(0, 1) }, /endpoint few/],
    [
      'a policy that is no Cedar',
      { policies: [{ ...snapshot.policies[0], text: 'permit(' }] as never },
      /policy "Allow" 1:/,
    ],
  ])('refuses %s', (_, change, message) => {
    const built = buildSnapshotIndex({ snapshot: { ...snapshot, ...change }, engines });
    expect(built.kind === 'invalid' && built.problems.join()).toMatch(message);
  });
});

describe('selfCheck', () => {
  it('passes what was built from rows', () => {
    expect(selfCheck({ snapshot, engines, sha256 })).toEqual({ kind: 'ok' });
  });
  it.each<readonly [string, Partial<TenantSnapshot>]>([
    [
      'a pin that is not the digest of its definition',
      { tools: snapshot.tools.map((tool) => ({ ...tool, digest: '0'.repeat(64) })) },
    ],
    ['a definition of another tool', { tools: snapshot.tools.map((tool) => ({ ...tool, name: 'other' })) }],
    [
      'a definition that is no JSON',
      { tools: snapshot.tools.map((tool) => ({ ...tool, definition: '{no' })) },
    ],
    [
      'a policy that is too long',
      { policies: snapshot.policies.map((policy) => ({ ...policy, text: ' '.repeat(20_000) })) },
    ],
    ['text that JSON cannot carry', { slug: '\ud800' }],
    ['a version that is none', { version: 0 }],
  ])('fails on %s', (_, change) => {
    expect(selfCheck({ snapshot: { ...snapshot, ...change }, engines, sha256 }).kind).toBe('failed');
  });
});

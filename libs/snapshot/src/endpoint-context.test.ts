import { describe, expect, it } from 'vitest';
import { engines, sampleRows, uuid } from './__fixtures__/sample-rows.ts';
import { buildSnapshot, buildSnapshotIndex, type EndpointContext, type SnapshotRows } from './index.ts';

type ToolRow = SnapshotRows['tools'][number];
type EndpointRow = SnapshotRows['endpoints'][number];

const digest = '0'.repeat(64);
const row = (n: number, server: number, kind: ToolRow['kind'], name: string): ToolRow => ({
  id: uuid(n),
  serverId: uuid(server),
  kind,
  name,
  exposedName: `server-${server}__${name.replace(/[^A-Za-z0-9_-]/g, '_')}`,
  state: 'approved',
  pin: { digest, definition: '{}' },
  detection: {},
});
const item = (n: number, change: Partial<EndpointRow['items'][number]> = {}) => ({
  toolId: uuid(n),
  name: null,
  description: null,
  hidden: false,
  ...change,
});

function endpoint(tools: readonly ToolRow[], change: Partial<EndpointRow> = {}): EndpointContext {
  const main = {
    id: uuid(21),
    slug: 'main',
    selection: 'all',
    naming: 'prefixed',
    toolSearch: false,
  } as const;
  const rows = { ...sampleRows(), tools, endpoints: [{ ...main, items: [], ...change }], keys: [] };
  const built = buildSnapshotIndex({ snapshot: buildSnapshot(rows), engines });
  if (built.kind === 'invalid') throw new Error(built.problems.join('; '));
  const context = built.index.endpointBySlug('main');
  if (!context) throw new Error('no endpoint');
  return context;
}
const names = (context: EndpointContext) => context.listed('tool').map(({ name }) => name);

describe('what an endpoint shows', () => {
  const add = row(41, 31, 'tool', 'add');
  const find = row(42, 32, 'tool', 'find');

  it('is everything but what is hidden, or only what is chosen', () => {
    expect(names(endpoint([add, find]))).toEqual(['server-31__add', 'server-32__find']);
    expect(names(endpoint([add, find], { items: [item(41, { hidden: true })] }))).toEqual([
      'server-32__find',
    ]);
    const chosen = endpoint([add, find], { selection: 'chosen', items: [item(42)] });
    expect(names(chosen)).toEqual(['server-32__find']);
    expect(chosen.toolByName('server-31__add')).toBeUndefined();
    expect(chosen.servers.map(({ slug }) => slug)).toEqual(['server-32']);
    expect(names(endpoint([add], { selection: 'chosen' }))).toEqual([]);
  });

  it('bears the names and descriptions it was given, and only those', () => {
    const given = endpoint([add, find], { items: [item(41, { name: 'plus', description: 'Adds' })] });
    expect(given.toolByName('plus')).toMatchObject({
      description: 'Adds',
      context: { tool: { name: 'add' } },
    });
    expect(given.toolByName('server-31__add')).toBeUndefined();
    expect(given.toolByName('server-32__find')?.description).toBeNull();
  });

  it('has upstream names where all is of one server, and prefixes again when a second comes', () => {
    expect(endpoint([add], { naming: 'plain' })).toMatchObject({ naming: 'plain' });
    expect(names(endpoint([add], { naming: 'plain' }))).toEqual(['add']);
    const two = endpoint([add, find], { naming: 'plain' });
    expect([two.naming, names(two)]).toEqual(['prefixed', ['server-31__add', 'server-32__find']]);
    const hidden = endpoint([add, find], { naming: 'plain', items: [item(42, { hidden: true })] });
    expect(names(hidden)).toEqual(['add']);
  });

  it('lets nobody take a name: the one known first keeps it', () => {
    const later = row(50, 31, 'tool', 'plus');
    const items = [item(41, { name: 'plus' })];
    const context = endpoint([add, later], { naming: 'plain', items });
    expect(context.toolByName('plus')?.context.tool.name).toBe('add');
    expect(context.toolByName('server-31__plus')?.context.tool.name).toBe('plus');
  });

  it('keeps tools and prompts of one name apart', () => {
    const context = endpoint([add, row(43, 31, 'prompt', 'add')]);
    expect(context.toolByName('server-31__add')?.context.tool.kind).toBe('tool');
    expect(context.promptByName('server-31__add')?.context.tool.kind).toBe('prompt');
  });
});

describe('resourceByUri', () => {
  const about = row(41, 31, 'resource', 'wiki://about');
  const page = row(42, 31, 'template', 'wiki://{page}');
  const found = (context: EndpointContext, uri: string) => {
    const match = context.resourceByUri(uri);
    return match && [match.item.context.tool.id.slice(-2), match.upstreamUri];
  };

  it('finds the exact resource first, then the template', () => {
    const context = endpoint([about, page]);
    expect(found(context, 'wiki://about')).toEqual(['29', 'wiki://about']);
    expect(found(context, 'wiki://other')).toEqual(['2a', 'wiki://other']);
    expect(found(context, 'wiki://a/b')).toBeUndefined();
    expect(found(context, 'wiki://..')).toBeUndefined();
  });

  it('gives a URI that two servers offer to the one approved first; the other is reached by its prefix', () => {
    const context = endpoint([
      about,
      row(50, 32, 'resource', 'wiki://about'),
      page,
      row(51, 32, 'template', 'wiki://{page}'),
    ]);
    expect(context.listed('resource').map(({ name }) => name)).toEqual([
      'sp-server-32:wiki://about',
      'wiki://about',
    ]);
    expect(found(context, 'wiki://about')).toEqual(['29', 'wiki://about']);
    expect(found(context, 'sp-server-32:wiki://about')).toEqual(['32', 'wiki://about']);
    expect(found(context, 'wiki://x')).toEqual(['2a', 'wiki://x']);
    expect(found(context, 'sp-server-32:wiki://x')).toEqual(['33', 'wiki://x']);
    expect(found(context, 'sp-server-31:wiki://x')).toEqual(['2a', 'wiki://x']);
  });

  it('never lets a server offer a URI under the name of another', () => {
    const forged = row(40, 32, 'resource', 'sp-server-31:wiki://about');
    const context = endpoint([forged, row(39, 32, 'resource', 'wiki://about'), about]);
    expect(found(context, 'sp-server-31:wiki://about')).toEqual(['29', 'wiki://about']);
  });

  it('never takes a template as a second way to a resource of its own, shown or hidden', () => {
    const context = endpoint([about, page]);
    expect(found(context, 'sp-server-31:wiki://about')).toEqual(['29', 'wiki://about']);
    expect(found(context, 'wiki://%61bout')).toBeUndefined();
    const hidden = endpoint([about, page], { items: [item(41, { hidden: true })] });
    expect(found(hidden, 'wiki://about')).toBeUndefined();
    expect(found(hidden, 'sp-server-31:wiki://about')).toBeUndefined();
    expect(found(hidden, 'wiki://other')).toEqual(['2a', 'wiki://other']);
  });

  it('passes over templates that cannot be compared', () => {
    expect(found(endpoint([row(42, 31, 'template', 'wiki://{page*}')]), 'wiki://x')).toBeUndefined();
  });
});

import type { EndpointContext, ExposedItem, KeyContext, ToolKind } from '@sallyport/snapshot';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './list-cursor.ts';
import { createLists } from './lists.ts';

const item = (
  kind: ToolKind,
  name: string,
  definition: object,
  description: string | null = null,
): ExposedItem => {
  const text = JSON.stringify(definition);
  const server = { id: 's1', slug: 'up' };
  const tool = { id: `${kind}-${name}`, kind, name, definition: text };
  const context = { tool, server, definition: () => JSON.parse(text), inputSchema: () => ({}) };
  return { context, name, description } as unknown as ExposedItem;
};
const endpointOf = (items: readonly ExposedItem[]): EndpointContext =>
  ({
    id: 'e1',
    toolSearch: false,
    servers: [],
    listed: (kind: ToolKind) => items.filter(({ context }) => context.tool.kind === kind),
  }) as unknown as EndpointContext;
const principal = { agent: { id: 'a1' } } as unknown as KeyContext;

function listsOf(
  items: readonly ExposedItem[],
  more: { pageSize?: number; version?: number; revoked?: string } = {},
) {
  const lists = createLists({
    version: more.version ?? 1,
    sliceFor: () => ({ mayList: () => true }) as never,
    isRevoked: (kind, subject) => kind === 'tool' && subject === more.revoked,
    ...(more.pageSize === undefined ? {} : { pageSize: more.pageSize }),
  });
  const viewer = { endpoint: endpointOf(items), principal, showsApps: false };
  return { lists, viewer };
}

describe('lists', () => {
  const prompts = Array.from({ length: 7 }, (_, at) => item('prompt', `p${at}`, { name: 'x' }));

  it('come page by page, every entry once, until there is no further cursor', () => {
    const { lists, viewer } = listsOf(prompts, { pageSize: 3 });
    const names: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = JSON.parse(`{${lists.page('prompts', viewer, cursor)?.text}}`);
      names.push(...page.prompts.map(({ name }: { name: string }) => name));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(3);
    expect(names).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
  });

  it('take no cursor of another list, agent or version', () => {
    const { lists, viewer } = listsOf(prompts, { pageSize: 3 });
    const { nextCursor } = JSON.parse(`{${lists.page('prompts', viewer, undefined)?.text}}`);
    expect(lists.page('prompts', viewer, nextCursor)).toBeDefined();
    expect(lists.page('resources', viewer, nextCursor)).toBeUndefined();
    const other = { ...viewer, principal: { agent: { id: 'a2' } } as unknown as KeyContext };
    expect(lists.page('prompts', other, nextCursor)).toBeUndefined();
    const next = listsOf(prompts, { pageSize: 3, version: 2 });
    expect(next.lists.page('prompts', next.viewer, nextCursor)).toBeUndefined();
    for (const cursor of ['', 'x', 5, {}, 'a'.repeat(10_000), `${nextCursor}=`]) {
      expect(lists.page('prompts', viewer, cursor)).toBeUndefined();
    }
  });

  it('keep what we do not know, and only icons that are safe to load', () => {
    const icons = [
      { src: 'https://x/i.png' },
      { src: 'http://x/i.png' },
      { src: 'javascript:1' },
      { src: 'data:,x' },
    ];
    const one = item('prompt', 'p', { name: 'x', icons, 'x-new': { a: 1 }, _meta: { 'vendor/k': 1 } });
    const { lists, viewer } = listsOf([one]);
    const { prompts: shown } = JSON.parse(`{${lists.page('prompts', viewer, undefined)?.text}}`);
    expect(shown).toEqual([
      { name: 'p', icons: [icons[0], icons[3]], 'x-new': { a: 1 }, _meta: { 'vendor/k': 1 } },
    ]);
  });

  it('name an app by the URI under which the endpoint shows it', () => {
    const ui = { resourceUri: 'ui://a' };
    const tool = item('tool', 't', { name: 't', inputSchema: {}, _meta: { ui, 'ui/resourceUri': 'ui://a' } });
    const resource = item('resource', 'ui://a', { uri: 'ui://a', name: 'A' });
    const renamed = { ...resource, name: 'sp-up:ui://a' };
    const { lists, viewer } = listsOf([tool, renamed]);
    const page = JSON.parse(`{${lists.page('tools', viewer, undefined)?.text}}`);
    expect(page.tools[0]._meta).toEqual({
      ui: { resourceUri: 'sp-up:ui://a' },
      'ui/resourceUri': 'sp-up:ui://a',
    });
  });

  it('leave out what a mark takes back once they are made anew', () => {
    const { lists, viewer } = listsOf(prompts, { revoked: 'prompt-p3' });
    expect(lists.page('prompts', viewer, undefined)?.text).not.toContain('"p3"');
  });
});

describe('cursors', () => {
  const scope = { endpointId: 'e', agentId: 'a', list: 'tools', version: 3 };
  it('are read back, and altered ones are not', () => {
    const cursor = writeCursor(scope, 12);
    expect(readCursor(scope, cursor)).toBe(12);
    const raw = Buffer.from(cursor, 'base64url').toString();
    expect(readCursor(scope, Buffer.from(raw.replace('12', '13')).toString('base64url'))).toBeUndefined();
  });
});

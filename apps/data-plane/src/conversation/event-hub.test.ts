import { expect, it } from 'vitest';
import type { TenantState } from '../config/tenant-state.ts';
import { createEventHub, type Listener, type UpstreamEvent } from './event-hub.ts';

const server = (id: string) => ({ id, slug: id });
const tool = (serverId: string) => ({
  name: `${serverId}__x`,
  description: null,
  context: { server: server(serverId), tool: { id: `t-${serverId}`, digest: 'd' } },
});
const endpoint = {
  id: 'e',
  slug: 'main',
  servers: [server('a'), server('b')],
  listed: (kind: string) => (kind === 'tool' ? [tool('a'), tool('b')] : []),
  resourceByUri: () => undefined,
};
const tenant = {
  id: 't',
  isRevoked: () => false,
  index: {
    endpointBySlug: () => endpoint,
    keyByHash: (hash: string) => ({ key: { hash }, agent: { id: hash } }),
    sliceFor: (key: { agent: { id: string } }, context: { server: { id: string } }) => ({
      mayList: () => key.agent.id === context.server.id,
    }),
  },
} as unknown as TenantState;

it('T38: who may see nothing of a server does not hear that its list changed', async () => {
  const events = new Map<string, (event: UpstreamEvent) => void>();
  const hub = createEventHub({
    tenantById: () => tenant,
    watch: (_tenant, { id }, _uris, onEvent) => {
      events.set(id, onEvent);
      return () => {};
    },
  });
  const heard: string[] = [];
  const listener = (who: string): Listener => ({
    tenantId: 't',
    endpointSlug: 'main',
    keyHash: who,
    lists: new Set(['tools', 'prompts']),
    uris: new Set(),
    listChanged: (name) => void heard.push(`${who} ${name}`),
    updated: () => {},
    lost: () => {},
  });
  hub.add(listener('a'));
  hub.add(listener('b'));
  await new Promise((resolve) => setImmediate(resolve));
  events.get('a')?.({ kind: 'list_changed', list: 'tools' });
  events.get('a')?.({ kind: 'list_changed', list: 'prompts' });
  events.get('b')?.({ kind: 'list_changed', list: 'tools' });
  expect(heard).toEqual(['a tools', 'b tools']);
  hub.close();
});

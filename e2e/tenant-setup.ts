import { randomUUID } from 'node:crypto';
import { type ConsoleSession, signIn } from './console-session.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

interface Inbox {
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly server: { readonly id: string };
    readonly tools: readonly { readonly observedDigest: string; readonly tool: { readonly id: string } }[];
  }[];
}

/** Waits until every worker runs on the newest configuration of this tenant. */
export async function liveEverywhere(owner: ConsoleSession): Promise<void> {
  await eventually('live on every worker', async () => {
    const { workersLive, workersTotal } = await owner.run<{ workersLive: number; workersTotal: number }>(
      'publication',
    );
    return workersTotal > 0 && workersLive === workersTotal;
  });
}

/** Registers a server as its owner would; gives its id while the vetting goes on. */
export async function registerServer(owner: ConsoleSession, name: string, url: string): Promise<string> {
  return (await owner.run<{ id: string }>('registerServer', { input: { name, url } })).id;
}

/** Registers, waits for the vetting, approves everything, and returns when all workers run on it. */
export async function publishServer(owner: ConsoleSession, name: string, url: string): Promise<string> {
  const id = await registerServer(owner, name, url);
  const approval = await eventually(
    'the vetting has reached the inbox',
    async () => (await owner.run<Inbox>('inbox')).nodes.find((node) => node.server.id === id),
    60_000,
  );
  await owner.run('decideApproval', {
    input: {
      approvalId: approval.id,
      reason: 'end to end',
      publish: true,
      tools: approval.tools.map(({ tool, observedDigest }) => ({
        toolId: tool.id,
        digest: observedDigest,
        decision: 'APPROVE',
      })),
    },
  });
  await liveEverywhere(owner);
  return id;
}

export interface AgentKey {
  readonly key: string;
  readonly endpoint: string;
  /** Id of the key on the wire of the console. */
  readonly keyId: string;
  readonly agentId: string;
}

/** Makes an agent and its key, live on every worker. */
export async function createAgentKey(owner: ConsoleSession, name: string): Promise<AgentKey> {
  const agent = await owner.run<{ id: string }>('createAgent', { input: { name, roles: ['agent'] } });
  const made = await owner.run<{ secret: string; endpointUrl: string; key: { id: string } }>('createApiKey', {
    input: { agentId: agent.id, name: 'key' },
  });
  await liveEverywhere(owner);
  return { key: made.secret, endpoint: made.endpointUrl, keyId: made.key.id, agentId: agent.id };
}

/** Makes a tenant and signs in somebody new as its owner. */
export async function createTenant(
  stack: Stack,
  operator: ConsoleSession,
  slug: string,
): Promise<ConsoleSession> {
  const created = await operator.run<{ ownerLink: string }>('createTenant', { slug, name: slug });
  const who = { email: `${slug}-${randomUUID()}@example.com`, displayName: `Owner of ${slug}` };
  return signIn(stack.consoleUrl, created.ownerLink, who);
}

/** A capability as the composer lists it. */
export interface Choice {
  readonly toolId: string;
  readonly kind: string;
  readonly name: string;
  readonly exposedName: string;
  readonly serverId: string;
}

/** Everything that an endpoint of this tenant could show. */
export async function capabilities(owner: ConsoleSession): Promise<readonly Choice[]> {
  return (await owner.run<{ capabilities: readonly Choice[] }>('capabilities')).capabilities;
}

export interface EndpointWish {
  readonly slug: string;
  /** Everything that these servers (ids) offer. */
  readonly servers?: readonly string[];
  /** Single capabilities by their exposed name, with what the endpoint says of each. */
  readonly items?: readonly {
    readonly exposedName: string;
    readonly name?: string;
    readonly description?: string;
    readonly hidden?: boolean;
  }[];
  /** `ALL` shows what the tenant has, and `items` are exceptions. */
  readonly selection?: 'ALL' | 'CHOSEN';
  readonly naming?: 'PREFIXED' | 'PLAIN';
  readonly toolSearch?: boolean;
}

export interface MadeEndpoint {
  readonly id: string;
  readonly url: string;
  readonly revision: string;
  readonly entries: readonly { readonly kind: string; readonly wireName: string; readonly toolId: string }[];
}

/** Makes an endpoint, live on every worker. */
export async function createEndpoint(owner: ConsoleSession, wish: EndpointWish): Promise<MadeEndpoint> {
  const known = await capabilities(owner);
  const wanted = new Map((wish.items ?? []).map((item) => [item.exposedName, item]));
  const items = known
    .filter((row) => wanted.has(row.exposedName) || wish.servers?.includes(row.serverId))
    .map(({ toolId, exposedName }) => {
      const { name = null, description = null, hidden = false } = wanted.get(exposedName) ?? {};
      return { toolId, name, description, hidden };
    });
  const made = await owner.run<{ endpoint: MadeEndpoint }>('createEndpoint', {
    slug: wish.slug,
    input: {
      name: wish.slug,
      selection: wish.selection ?? 'CHOSEN',
      naming: wish.naming ?? 'PREFIXED',
      toolSearch: wish.toolSearch ?? false,
      items,
    },
  });
  await liveEverywhere(owner);
  return made.endpoint;
}

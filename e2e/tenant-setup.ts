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

import {
  type CompiledPolicies,
  compilePolicies,
  type EngineHolder,
  type PolicyProgram,
  type Slice,
} from '@sallyport/policy';
import { type EndpointContext, endpointContexts } from './endpoint-context.ts';
import type {
  SnapshotAgent,
  SnapshotKey,
  SnapshotServer,
  SnapshotSettings,
  TenantSnapshot,
} from './tenant-snapshot.ts';
import { IndexedTool, policyName, type ToolContext } from './tool-context.ts';

/** Whom a key speaks for; made once, looked up per call. */
export interface KeyContext {
  readonly key: SnapshotKey;
  readonly agent: SnapshotAgent;
  readonly customer: TenantSnapshot['customers'][number] | null;
}

/** What a worker runs on for one tenant: immutable, built beside the hot path, swapped as one reference. */
export interface SnapshotIndex {
  readonly snapshot: TenantSnapshot;
  readonly settings: SnapshotSettings;
  keyByHash(hash: string): KeyContext | undefined;
  endpointBySlug(slug: string): EndpointContext | undefined;
  serverById(id: string): SnapshotServer | undefined;
  toolById(id: string): ToolContext | undefined;
  /** The policies for one key's agent and one tool; kept for later calls, bounded. */
  sliceFor(key: KeyContext, tool: ToolContext): Slice;
  /** How many policies there are and how many run in the engine. */
  readonly policyCounts: PolicyProgram['counts'];
  /** Gives back what the policy engine holds; call it once no call uses this index any more. */
  dispose(): void;
}

export type BuiltIndex =
  | { readonly kind: 'ok'; readonly index: SnapshotIndex }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Slices kept per index. */
export const maxKeptSlices = 20_000;

/** Builds the index of a parsed snapshot; anything that does not fit together makes it invalid as a whole. */
export function buildSnapshotIndex(input: {
  readonly snapshot: TenantSnapshot;
  readonly engines: EngineHolder;
}): BuiltIndex {
  const { snapshot, engines } = input;
  const problems: string[] = [];
  const servers = uniqueBy({
    rows: snapshot.servers,
    name: (server) => server.id,
    what: 'server id',
    problems,
  });
  uniqueBy({ rows: snapshot.servers, name: (server) => server.slug, what: 'server slug', problems });
  const tools = toolContexts(snapshot, servers, problems);
  const toolsById = uniqueBy({ rows: tools, name: ({ tool }) => tool.id, what: 'tool id', problems });
  uniqueBy({
    rows: tools,
    name: ({ tool }) => `${tool.kind} ${tool.exposedName}`,
    what: 'exposed name',
    problems,
  });
  const endpoints = uniqueBy({
    rows: endpointContexts({ endpoints: snapshot.endpoints, tools, problems }),
    name: (endpoint) => endpoint.slug,
    what: 'endpoint slug',
    problems,
  });
  const keys = keyContexts(snapshot, problems);
  const compiled = compilePolicies({ engines, policies: snapshot.policies });
  problems.push(...policyProblems(compiled));
  if (compiled.kind === 'invalid' || problems.length > 0) {
    if (compiled.kind === 'ok') compiled.program.dispose();
    return { kind: 'invalid', problems: problems.slice(0, 50) };
  }
  const { program } = compiled;
  return {
    kind: 'ok',
    index: {
      snapshot,
      settings: snapshot.settings,
      keyByHash: (hash) => keys.get(hash),
      endpointBySlug: (slug) => endpoints.get(slug),
      serverById: (id) => servers.get(id),
      toolById: (id) => toolsById.get(id),
      sliceFor: keepSlices(program),
      policyCounts: program.counts,
      dispose: () => program.dispose(),
    },
  };
}

function toolContexts(
  snapshot: TenantSnapshot,
  servers: ReadonlyMap<string, SnapshotServer>,
  problems: string[],
): readonly ToolContext[] {
  return snapshot.tools.flatMap((tool, position) => {
    const server = servers.get(tool.serverId);
    if (server) return [new IndexedTool(tool, server, position)];
    problems.push(`tool ${tool.id}: server ${tool.serverId} is not in the snapshot`);
    return [];
  });
}

function keyContexts(snapshot: TenantSnapshot, problems: string[]): ReadonlyMap<string, KeyContext> {
  const agents = uniqueBy({ rows: snapshot.agents, name: (agent) => agent.id, what: 'agent id', problems });
  const customers = new Map(snapshot.customers.map((customer) => [customer.id as string, customer]));
  const endpointIds = new Set<string>(snapshot.endpoints.map((endpoint) => endpoint.id));
  const contexts = snapshot.keys.flatMap((key): KeyContext[] => {
    const agent = agents.get(key.agentId);
    const customer = agent?.customerId ? customers.get(agent.customerId) : null;
    if (!agent || customer === undefined || (key.endpointId !== null && !endpointIds.has(key.endpointId))) {
      problems.push(`key ${key.id}: its agent, customer or endpoint is not in the snapshot`);
      return [];
    }
    return [{ key, agent, customer }];
  });
  return uniqueBy({ rows: contexts, name: ({ key }) => key.hash, what: 'key hash', problems });
}

/** Slices by agent and tool; when there are too many, all are forgotten and made again as calls come. */
function keepSlices(program: PolicyProgram): SnapshotIndex['sliceFor'] {
  const byAgent = new Map<string, Map<number, Slice>>();
  let kept = 0;
  return ({ agent }, context) => {
    const { position, tool, server } = context;
    let slices = byAgent.get(agent.id);
    const known = slices?.get(position);
    if (known) return known;
    if (kept >= maxKeptSlices) {
      byAgent.clear();
      kept = 0;
      slices = undefined;
    }
    if (!slices) {
      slices = new Map();
      byAgent.set(agent.id, slices);
    }
    const slice = program.sliceFor({
      agentId: agent.id,
      roles: agent.roles,
      customerId: agent.customerId,
      exposedName: policyName(tool),
      serverSlug: server.slug,
      inputSchema: () => context.inputSchema(),
    });
    slices.set(position, slice);
    kept += 1;
    return slice;
  };
}

function policyProblems(compiled: CompiledPolicies): readonly string[] {
  if (compiled.kind === 'ok') return [];
  return compiled.problems.map(
    ({ policyName, line, column, message }) => `policy "${policyName}" ${line}:${column}: ${message}`,
  );
}

function uniqueBy<T>(input: {
  readonly rows: readonly T[];
  readonly name: (row: T) => string;
  readonly what: string;
  readonly problems: string[];
}): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const row of input.rows) {
    const name = input.name(row);
    if (map.has(name)) input.problems.push(`${input.what} ${name} is there twice`);
    map.set(name, row);
  }
  return map;
}

import { createHash } from 'node:crypto';
import type { TenantId } from '@sallyport/kernel';
import { canonicalDefinition } from '@sallyport/mcp';
import type { Browser, TestControlPlane } from './test-control-plane.ts';

/** What a test says an upstream offers. */
export type Definitions = Readonly<Record<string, string>>;

/** The canonical text and digest of a small tool. */
export function definitionOf(
  name: string,
  description: string,
): { readonly definition: string; readonly digest: string } {
  const definition = canonicalDefinition({ name, description, inputSchema: { type: 'object' } });
  return { definition, digest: createHash('sha256').update(definition).digest('hex') };
}

/** Something other than a tool that a test says an upstream offers. */
export interface OtherCapability {
  readonly kind: 'prompt' | 'resource' | 'template' | 'instructions';
  readonly name: string;
  readonly definition: Readonly<Record<string, string>>;
}

function other({ kind, name, definition }: OtherCapability) {
  const text = canonicalDefinition(definition);
  const digest = createHash('sha256').update(text).digest('hex');
  return { kind, name, definition: text, digest, findings: [] };
}

function reportOf(tools: Definitions, others: readonly OtherCapability[]) {
  return {
    format: 2,
    outcome: 'complete',
    grade: 'A',
    gradeReasons: ['nothing found'],
    checks: [{ name: 'TLS', passed: true, detail: 'ok' }],
    tools: [
      ...Object.entries(tools).map(([name, text]) => ({
        kind: 'tool',
        name,
        ...definitionOf(name, text),
        findings: [],
      })),
      ...others.map(other),
    ],
    capabilities: { tools: {}, logging: {} },
    serverFindings: [],
    facts: [{ name: 'protocol', value: '2026-07-28' }],
    scannerVersions: ['test 1'],
  };
}

/** Plays the jobs process: ends the server's open run with a report (or a failure) and tells the control plane. */
export async function finishRun(
  plane: TestControlPlane,
  tenantId: TenantId,
  tools: Definitions | null,
  others: readonly OtherCapability[] = [],
): Promise<void> {
  const run = await plane.platform.db.withTenant(tenantId, (tx) =>
    tx.vetRun.findFirstOrThrow({ where: { state: 'queued' }, orderBy: { createdAt: 'desc' } }),
  );
  const where = { tenantId, id: run.id };
  await plane.database.admin(
    `UPDATE vet_run SET state = $1::vet_state, error = $2, ended_at = now() WHERE tenant_id = $3 AND id = $4`,
    [tools ? 'finished' : 'failed', tools ? null : 'unreachable', tenantId, run.id],
  );
  if (tools) {
    const body = reportOf(tools, others);
    await plane.database.admin(
      `INSERT INTO vet_report (tenant_id, id, run_id, server_id, grade, body, digest)
       VALUES ($1, gen_random_uuid(), $2, $3, 'A', $4::jsonb, $5)`,
      [tenantId, run.id, run.serverId, JSON.stringify(body), 'a'.repeat(64)],
    );
  }
  await plane.services.applyVetResult.execute(where.tenantId, where.id);
}

export interface OpenItem {
  readonly id: string;
  readonly kind: string;
  readonly tools: readonly {
    readonly tool: { readonly id: string; readonly name: string; readonly state: string };
    readonly observedDigest: string;
    readonly change: {
      readonly beforeDigest: string;
      readonly fields: readonly { readonly path: string }[];
    } | null;
  }[];
}

/** The open items of the inbox. */
export async function openItems(plane: TestControlPlane, browser: Browser): Promise<readonly OpenItem[]> {
  const answer = await plane.graphql(
    browser,
    `{ inbox(state: OPEN) { nodes { id kind tools { tool { id name state } observedDigest
       change { beforeDigest fields { path } } } } } }`,
  );
  return answer.data.inbox.nodes;
}

/** Registers a server, ends its vetting with these tools and approves all but the named ones. */
export async function publishServer(
  plane: TestControlPlane,
  browser: Browser,
  tenantId: TenantId,
  input: {
    readonly name: string;
    readonly tools: Definitions;
    readonly others?: readonly OtherCapability[];
    readonly reject?: readonly string[];
  },
): Promise<string> {
  const registered = await plane.graphql(
    browser,
    'mutation($i: RegisterServerInput!) { registerServer(input: $i) { id state } }',
    { i: { name: input.name, url: `https://${input.name}.example.com/mcp` } },
  );
  await finishRun(plane, tenantId, input.tools, input.others);
  const item = (await openItems(plane, browser)).find((open) => open.kind === 'SERVER');
  if (!item) throw new Error('no open item');
  const tools = item.tools.map(({ tool, observedDigest }) => ({
    toolId: tool.id,
    digest: observedDigest,
    decision: input.reject?.includes(tool.name) ? 'REJECT' : 'APPROVE',
  }));
  const decided = await plane.graphql(
    browser,
    'mutation($i: DecideApprovalInput!) { decideApproval(input: $i) { state publication { version } } }',
    { i: { approvalId: item.id, tools, reason: 'looks good' } },
  );
  if (decided.errors.length > 0) throw new Error(JSON.stringify(decided.errors));
  return registered.data.registerServer.id;
}

import { randomUUID } from 'node:crypto';
import { type IdKind, toWireId } from '@sallyport/kernel';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type ApiReply,
  type ConsoleSession,
  type PersistedDocument,
  persistedDocuments,
} from '../../console-session.ts';
import { eventually } from '../../eventually.ts';
import type { Ground } from './ground.ts';

/** Where the ids of each kind are kept. */
const tables: Partial<Record<IdKind, { readonly table: string; readonly column?: string }>> = {
  agent: { table: 'agent' },
  apiKey: { table: 'api_key' },
  approval: { table: 'approval' },
  call: { table: 'receipt', column: 'call_id' },
  customer: { table: 'customer' },
  endpoint: { table: 'endpoint' },
  invitation: { table: 'invitation' },
  member: { table: 'member' },
  policy: { table: 'policy' },
  report: { table: 'vet_report' },
  server: { table: 'server' },
  tool: { table: 'tool' },
  vetRun: { table: 'vet_run' },
};

interface NamedId {
  readonly kind: IdKind;
  readonly foreign: string;
  readonly unknown: string;
}

async function idsOfDemo(db: pg.Client): Promise<readonly NamedId[]> {
  const found: NamedId[] = [];
  for (const [kind, place] of Object.entries(tables) as [IdKind, { table: string; column?: string }][]) {
    const column = place.column ?? 'id';
    const { rows } = await db.query<{ id: string }>(
      `SELECT x.${column} AS id FROM ${place.table} x JOIN tenant t ON t.id = x.tenant_id
        WHERE t.slug = 'demo' AND x.${column} IS NOT NULL LIMIT 1`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`tenant demo has no ${kind}`);
    found.push({ kind, foreign: toWireId(kind, row.id), unknown: toWireId(kind, randomUUID()) });
  }
  const { rows } = await db.query<{ id: string }>("SELECT id FROM tenant WHERE slug = 'demo'");
  const [tenant] = rows;
  if (tenant)
    found.push({
      kind: 'tenant',
      foreign: toWireId('tenant', tenant.id),
      unknown: toWireId('tenant', randomUUID()),
    });
  return found;
}

/** A digest of every row of a tenant, receipts included: whoever changes anything changes it. */
async function fingerprint(db: pg.Client): Promise<Readonly<Record<string, string>>> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of rows) {
    const { rows: sums } = await db.query<{ sum: string }>(
      `SELECT md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) AS sum FROM "${name}" x
        WHERE tenant_id = (SELECT id FROM tenant WHERE slug = 'demo')`,
    );
    prints[name] = sums[0]?.sum ?? '';
  }
  return prints;
}

/** Values that make each document well formed, so that only the id is wrong. */
const plainValues: Readonly<Record<string, unknown>> = {
  first: 5,
  state: 'SUSPENDED',
  reason: 'end to end',
  version: 1,
  roles: ['VIEWER'],
  tool: 'fixture__echo',
  arguments: { text: 'x' },
  connection: { kind: 'NONE' },
};

const inputs: Readonly<Record<string, (id: string) => unknown>> = {
  CreateAgentInput: (customerId) => ({ name: `x ${customerId}`, roles: ['agent'], customerId }),
  CreateApiKeyInput: (agentId) => ({ agentId, name: 'x' }),
  DecideApprovalInput: (approvalId) => ({
    approvalId,
    reason: 'x',
    publish: true,
    tools: [{ toolId: approvalId, digest: '0'.repeat(64), decision: 'APPROVE' }],
  }),
  PolicyInput: () => ({ name: 'x', text: 'permit (principal, action, resource);', enabled: true }),
};

/** Variables of a document with this id wherever it takes one; `undefined` when it takes none. */
function variablesWith(document: PersistedDocument, id: string): Record<string, unknown> | undefined {
  let takesId = false;
  const variables: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(document.variables)) {
    const bare = type.replace(/[![\]]/g, '');
    const input = inputs[bare];
    if (bare === 'ID' || (input && bare !== 'PolicyInput')) takesId = true;
    if (bare === 'ID') variables[name] = id;
    else if (input) variables[name] = input(id);
    else if (name in plainValues) variables[name] = plainValues[name];
    else if (type.endsWith('!')) return undefined;
  }
  return takesId ? variables : undefined;
}

async function ask(session: ConsoleSession, document: PersistedDocument, id: string): Promise<ApiReply> {
  const variables = variablesWith(document, id);
  return session.post(JSON.stringify({ documentId: document.id, variables }));
}

const withoutIds = (reply: ApiReply, id: string) => JSON.stringify(reply).replaceAll(id, '<id>');
/** What somebody may be told who named something that is not theirs. */
const refusals = new Set(['not_found', 'forbidden', 'invalid_input', 'illegal_transition']);

/** The console's API for callers who ask for what is not theirs, or ask badly. */
export function describeConsole(ground: () => Ground): void {
  describe("another tenant's ids in the console's API", () => {
    let ids: readonly NamedId[];
    const documents = persistedDocuments().filter((document) => variablesWith(document, 'x') !== undefined);
    beforeAll(async () => {
      const { owner, db } = ground();
      await owner.run('createCustomer', { name: 'Somebody' });
      await owner.run('inviteMember', { email: 'new@example.com', roles: ['VIEWER'] });
      await eventually('nothing is left to publish', async () => {
        const { rows } = await db.query('SELECT 1 FROM outbox WHERE done_at IS NULL');
        return rows.length === 0;
      });
      // Receipts of calls made before this come in later, and would read as a change.
      let last = '';
      await eventually('what was called before has been recorded', async () => {
        await new Promise((wake) => setTimeout(wake, 1_000));
        const before = last;
        last = JSON.stringify(await fingerprint(db));
        return last === before;
      });
      ids = await idsOfDemo(db);
    });

    it('there are documents to ask with', () => {
      expect(documents.length).toBeGreaterThan(20);
    });

    it.each(documents.map((document) => [document.operation, document] as const))(
      '%s answers as for an id that never was, and changes nothing',
      async (_name, document) => {
        const { db, other } = ground();
        const before = await fingerprint(db);
        for (const { kind, foreign, unknown } of ids) {
          const theirs = await ask(other.owner, document, foreign);
          const nobodys = await ask(other.owner, document, unknown);
          expect(withoutIds(theirs, foreign), `${document.operation} with a ${kind}`).toBe(
            withoutIds(nobodys, unknown),
          );
          if (theirs.code === undefined)
            expect(emptyHanded(theirs, document), JSON.stringify(theirs)).toBe(true);
          else expect(refusals, theirs.message).toContain(theirs.code);
        }
        expect(await fingerprint(db)).toEqual(before);
      },
    );
  });

  describe("bad requests to the console's API", () => {
    const good = () => {
      const document = persistedDocuments().find((one) => one.operation === 'Viewer');
      return JSON.stringify({ documentId: document?.id, variables: {} });
    };
    const cases: Readonly<Record<string, readonly [string, () => string, Record<string, string>?]>> = {
      'a text of its own instead of a document': [
        'unknown_document',
        () => '{"query":"{ viewer { user { id } } }"}',
      ],
      'a document nobody wrote': ['unknown_document', () => `{"documentId":"${'0'.repeat(64)}"}`],
      'half a body': ['malformed', () => good().slice(0, -3)],
      'an array': ['invalid_input', () => `[${good()}]`],
      'variables that are a list': ['invalid_input', () => good().replace('{}', '[1]')],
      '__proto__ among the variables': ['malformed', () => good().replace('{}', '{"__proto__":{"x":1}}')],
      'no token against forgery': ['csrf', good, { 'x-sallyport-csrf': '' }],
      'the token of somebody else': ['csrf', good, { 'x-sallyport-csrf': 'A'.repeat(43) }],
      "another site's page": ['csrf', good, { origin: 'https://evil.example' }],
      'no session': ['unauthenticated', good, { cookie: '' }],
      'a session that never was': ['csrf', good, { cookie: `sp_session=${'A'.repeat(43)}` }],
      '10 MB': ['too_large', () => JSON.stringify({ documentId: 'x'.repeat(10_000_000) })],
    };

    it.each(Object.entries(cases))('%s', async (_name, [code, body, headers]) => {
      // A body that is refused while it is still being sent may end in a broken pipe before the answer is read.
      const reply = await eventually('an answer', () =>
        ground()
          .other.owner.post(body(), headers)
          .catch(() => undefined),
      );
      expect({ code: reply.code, data: reply.data }, JSON.stringify(reply)).toEqual({ code, data: null });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.status).toBeLessThan(500);
      expect((await ground().other.owner.post(good())).code).toBeUndefined();
    });
  });
}

/** Nothing of what was asked for is in the answer: null, or lists without entries. */
function emptyHanded(reply: ApiReply, document: PersistedDocument): boolean {
  return document.rootFields.every((field) => {
    const value = reply.data?.[field];
    if (value === null || value === undefined || value === false) return true;
    const nodes = (value as { nodes?: unknown[] }).nodes;
    return Array.isArray(nodes) && nodes.length === 0;
  });
}

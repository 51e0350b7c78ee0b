import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { TenantTx } from '../platform/database.ts';
import type { Change, TenantChanges } from '../platform/tenant-changes.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { type EndpointDraft, readSlug } from './endpoint-input.ts';
import { endpointLimits } from './endpoint-limits.ts';
import { endpointRevision } from './endpoint-revision.ts';

/** Makes and edits endpoints: what agents see under one URL. */
export class SaveEndpoint {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `invalid_input`, `not_found` (a capability), `conflict` (slug or name taken) */
  async create(actor: Actor, slugText: string, draft: EndpointDraft): Promise<string> {
    const slug = readSlug(slugText);
    return this.changes.run(actor, async (change) => {
      const { tenantId } = actor;
      await checkEndpoint(change.tx, draft);
      if ((await change.tx.endpoint.count({ where: { slug } })) > 0) {
        throw new AppError('conflict', `${slug} exists`, { details: { reason: 'slug_taken', slug } });
      }
      if ((await change.tx.endpoint.count()) >= endpointLimits.perTenant) {
        throw new AppError('invalid_input', `a tenant has at most ${endpointLimits.perTenant} endpoints`, {
          details: { field: 'slug', reason: 'too_many', max: endpointLimits.perTenant },
        });
      }
      const { items, ...row } = draft;
      const made = await change.tx.endpoint.create({ data: { ...row, tenantId, slug } });
      await writeItems(change.tx, tenantId, made.id, items);
      await note(change, { id: made.id, slug, action: 'endpoint.create', draft });
      return made.id;
    });
  }

  /** Edits the state the person saw. @throws AppError as `create`, and `conflict` when somebody else was faster */
  async update(actor: Actor, id: string, revision: string, draft: EndpointDraft): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const { tenantId } = actor;
      const known = await lockEndpoint(change.tx, tenantId, id);
      await checkEndpoint(change.tx, draft);
      const before = { ...known, items: await readStored(change.tx, id) };
      if (endpointRevision(before) !== revision) {
        throw new AppError('conflict', 'the endpoint was changed meanwhile', {
          details: { reason: 'changed', now: endpointRevision(before) },
        });
      }
      const { items, ...row } = draft;
      await change.tx.endpoint.update({ where: { tenantId_id: { tenantId, id } }, data: row });
      await change.tx.endpointItem.deleteMany({ where: { endpointId: id } });
      await writeItems(change.tx, tenantId, id, items);
      await note(change, { id, slug: known.slug, action: 'endpoint.update', draft, before });
    });
  }
}

/** Locks the row, so that two edits come one after the other. @throws AppError `not_found` */
export async function lockEndpoint(tx: TenantTx, tenantId: string, id: string) {
  await tx.$queryRaw`SELECT id FROM endpoint WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const known = await tx.endpoint.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!known) throw new AppError('not_found', undefined, { details: { kind: 'endpoint' } });
  return known;
}

function readStored(tx: TenantTx, endpointId: string) {
  return tx.endpointItem.findMany({
    where: { endpointId },
    select: { toolId: true, name: true, description: true, hidden: true },
  });
}

async function writeItems(
  tx: TenantTx,
  tenantId: string,
  endpointId: string,
  items: EndpointDraft['items'],
): Promise<void> {
  await tx.endpointItem.createMany({ data: items.map((item) => ({ ...item, tenantId, endpointId })) });
}

interface Noted {
  readonly id: string;
  readonly slug: string;
  readonly action: string;
  readonly draft: EndpointDraft;
  readonly before?: EndpointDraft;
}

async function note(change: Change, { id, slug, action, draft, before }: Noted): Promise<void> {
  const had = new Set(before?.items.map((item) => item.toolId));
  const has = new Set(draft.items.map((item) => item.toolId));
  const { name, selection, naming, toolSearch } = draft;
  await change.config(`endpoint ${slug}`);
  await change.receipt({
    action,
    subjectKind: 'endpoint',
    subjectId: id,
    summary: {
      slug,
      name,
      selection,
      naming,
      toolSearch,
      items: draft.items.length,
      added: [...has].filter((toolId) => !had.has(toolId)).length,
      removed: [...had].filter((toolId) => !has.has(toolId)).length,
      renamed: draft.items.filter((item) => item.name !== null).length,
      hidden: draft.items.filter((item) => item.hidden).length,
      described: draft.items.filter((item) => item.description !== null).length,
    },
  });
  change.live('endpoint', id);
}

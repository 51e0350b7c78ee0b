import { AppError } from '@sallyport/kernel';
import {
  type CapabilityKind,
  findWireCollisions,
  isRenamable,
  toolSearchNames,
  wireNames,
} from '@sallyport/mcp';
import type { TenantTx } from '../platform/database.ts';
import { type CapabilityRow, loadUsed, loadWithin, toNamed } from './endpoint-capabilities.ts';
import type { EndpointDraft } from './endpoint-input.ts';

/**
 * Whether agents could use the endpoint as it is drawn up.
 * @throws AppError `not_found` (a capability), `invalid_input`, `conflict` (two of one name, both named)
 */
export async function checkEndpoint(tx: TenantTx, draft: EndpointDraft): Promise<void> {
  const ids = draft.items.map((item) => item.toolId);
  const chosen = await loadWithin(tx, ids);
  if (chosen.length < ids.length) throw new AppError('not_found', undefined, { details: { kind: 'tool' } });
  checkRenames(draft, chosen);
  checkNaming(draft, chosen);
  checkNames(draft, draft.selection === 'all' ? await loadUsed(tx) : chosen);
}

function checkRenames(draft: EndpointDraft, chosen: readonly CapabilityRow[]): void {
  const kinds = new Map(chosen.map((row) => [row.id, row.kind as CapabilityKind]));
  const wrong = draft.items.find(
    (item) => item.name !== null && !isRenamable(kinds.get(item.toolId) ?? 'tool'),
  );
  if (!wrong) return;
  throw new AppError('invalid_input', 'only tools and prompts have a name that can be changed', {
    details: { field: 'name', reason: 'kind', name: wrong.name },
  });
}

function checkNaming(draft: EndpointDraft, chosen: readonly CapabilityRow[]): void {
  if (draft.naming !== 'plain') return;
  if (draft.selection === 'all') {
    throw new AppError('invalid_input', 'names without prefix need a choice of one server', {
      details: { field: 'naming', reason: 'needs_choice' },
    });
  }
  const servers = [...new Set(chosen.map((row) => row.server.slug))].sort();
  if (servers.length <= 1) return;
  throw new AppError('invalid_input', 'names without prefix need that everything is of one server', {
    details: { field: 'naming', reason: 'several_servers', servers: servers.slice(0, 10) },
  });
}

function checkNames(draft: EndpointDraft, rows: readonly CapabilityRow[]): void {
  const items = new Map(draft.items.map((item) => [item.toolId, item]));
  const shown = rows
    .filter((row) => items.get(row.id)?.hidden !== true)
    .map((row) => toNamed(row, items.get(row.id)?.name ?? null));
  const names = wireNames(shown, draft.naming);
  const [twice] = findWireCollisions(shown, names);
  if (twice) {
    const both = rows.filter((row) => twice.ids.includes(row.id)).map((row) => row.exposedName);
    throw new AppError('conflict', `${both.join(' and ')} would both be called ${twice.name}`, {
      details: { reason: 'name_taken', kind: twice.kind, name: twice.name, tools: both.slice(0, 10) },
    });
  }
  if (!draft.toolSearch) return;
  const reserved = shown.find(
    ({ id, kind }) => kind === 'tool' && toolSearchNames.some((name) => name === names.get(id)),
  );
  if (reserved) {
    throw new AppError('conflict', 'tool search uses this name itself', {
      details: { reason: 'tool_search_name', name: names.get(reserved.id), tools: [reserved.exposedName] },
    });
  }
}

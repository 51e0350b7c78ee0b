import type { Change } from '../platform/tenant-changes.ts';
import type { StoredChange } from '../servers/server-view.ts';

export interface Observation {
  readonly digest: string;
  /** Canonical JSON text. */
  readonly definition: string;
}

/**
 * Takes in what an upstream says of a tool now (null = it is gone). A digest other than the pin makes the tool
 * `drifted` and puts the difference into the inbox; the pinned digest again takes both back.
 */
export async function observeTool(
  change: Change,
  toolId: string,
  seen: Observation | null,
  seenBy: string,
): Promise<void> {
  const { tx } = change;
  const where = { tenantId_id: { tenantId: change.author.tenantId, id: toolId } };
  const tool = await tx.tool.findUnique({ where, include: { pins: { where: { supersededAt: null } } } });
  if (!tool) return;
  const pin = tool.pins[0];
  if (seen) {
    await tx.tool.update({
      where,
      data: { definition: seen.definition, definitionDigest: seen.digest, lastSeen: change.at },
    });
  }
  if (!pin) {
    await observeUnpinned(change, tool, seen, seenBy);
    return;
  }
  if (seen?.digest === pin.digest) {
    await settle(change, tool);
    return;
  }
  if (tool.state === 'approved') {
    await tx.tool.update({ where, data: { state: 'drifted' } });
    change.live('server', tool.serverId);
  }
  await ask(change, tool, {
    beforeDigest: pin.digest,
    before: pin.definition,
    afterDigest: seen?.digest ?? '',
    after: seen?.definition ?? '',
    seenBy,
  });
}

interface ToolRow {
  readonly id: string;
  readonly serverId: string;
  readonly state: string;
  readonly definitionDigest: string;
}

/** A tool that nobody approved: new ones are asked about, hidden and removed ones only noted. */
async function observeUnpinned(
  change: Change,
  tool: ToolRow,
  seen: Observation | null,
  seenBy: string,
): Promise<void> {
  const where = { tenantId_id: { tenantId: change.author.tenantId, id: tool.id } };
  if (!seen) {
    await change.tx.tool.update({ where, data: { state: 'removed' } });
    await supersede(change, tool.id);
    return;
  }
  const isServerInReview = await change.tx.approval.count({
    where: { serverId: tool.serverId, kind: 'server', state: 'open' },
  });
  if (isServerInReview > 0) return;
  if (tool.state === 'hidden' && tool.definitionDigest === seen.digest) return;
  await change.tx.tool.update({ where, data: { state: 'proposed' } });
  await ask(change, tool, {
    beforeDigest: '',
    before: '',
    afterDigest: seen.digest,
    after: seen.definition,
    seenBy,
  });
}

/** Back to the pinned definition: usable again, nothing to decide. */
async function settle(change: Change, tool: ToolRow): Promise<void> {
  if (tool.state === 'drifted') {
    const where = { tenantId_id: { tenantId: change.author.tenantId, id: tool.id } };
    await change.tx.tool.update({ where, data: { state: 'approved' } });
    change.live('server', tool.serverId);
  }
  await supersede(change, tool.id);
}

/** Opens an inbox item for a change; an older open one about another digest is superseded by it. */
async function ask(change: Change, tool: ToolRow, stored: StoredChange): Promise<void> {
  const open = await change.tx.approval.findFirst({ where: { toolId: tool.id, state: 'open' } });
  const isSame = (open?.change as StoredChange | null | undefined)?.afterDigest === stored.afterDigest;
  if (open && isSame) return;
  await supersede(change, tool.id);
  const made = await change.tx.approval.create({
    data: {
      tenantId: change.author.tenantId,
      kind: 'tool',
      serverId: tool.serverId,
      toolId: tool.id,
      change: { ...stored },
    },
  });
  change.live('approval', made.id);
}

async function supersede(change: Change, toolId: string): Promise<void> {
  const done = await change.tx.approval.updateMany({
    where: { toolId, state: 'open' },
    data: { state: 'superseded', decidedAt: change.at },
  });
  if (done.count > 0) change.live('approval', toolId);
}

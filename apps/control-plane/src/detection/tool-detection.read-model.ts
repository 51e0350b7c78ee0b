import { AppError, toWireId } from '@sallyport/kernel';
import type { SnapshotToolDetection } from '@sallyport/snapshot';
import type { Database } from '../platform/database.ts';
import type { ToolDetectionModel } from './detection-settings.model.ts';
import { toModes, toRedaction, toRoles } from './detection-view.ts';
import { guessRoles } from './guess-roles.ts';

/** What one tool says of its own detection, and what its schema says where it says nothing. */
export class ToolDetectionReadModel {
  constructor(private readonly db: Database) {}

  /** @throws AppError `not_found` */
  async byId(tenantId: string, toolId: string): Promise<ToolDetectionModel> {
    const tool = await this.db.withTenant(tenantId, (tx) =>
      tx.tool.findUnique({
        where: { tenantId_id: { tenantId, id: toolId } },
        select: { detection: true, definition: true, name: true },
      }),
    );
    if (!tool) throw new AppError('not_found', undefined, { details: { kind: 'tool' } });
    const own = tool.detection as SnapshotToolDetection;
    return {
      toolId: toWireId('tool', toolId),
      modes: toModes(own.modes ?? {}),
      outbound: toRedaction(own.outbound ?? {}),
      inbound: toRedaction(own.inbound ?? {}),
      roles: toRoles(own.roles),
      guessedRoles: toRoles(guessRoles(tool)).filter(({ pointer }) => !own.roles?.[pointer]),
      tags: own.tags ?? [],
    };
  }
}

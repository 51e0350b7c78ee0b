import { Inject } from '@nestjs/common';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { AppError } from '@sallyport/kernel';
import { defaultSettings, type SnapshotSettings } from '@sallyport/snapshot';
import { z } from 'zod';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import type { Database } from '../platform/database.ts';
import { TenantChanges } from '../platform/tenant-changes.ts';
import { DB } from '../platform/tokens.ts';
import { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import { TenantSettingsInputModel, TenantSettingsModel } from './tenant-settings.model.ts';

const inspection = z.enum(['monitor', 'block']);
/** What an admin may set, and how far. `null` = leave as it is. */
const inputSchema = z.object({
  pinMaxAgeMs: z.number().int().min(0).max(3_600_000).nullish(),
  keepBodies: z.boolean().nullish(),
  strictAudit: z.boolean().nullish(),
  requestInspection: inspection.nullish(),
  responseInspection: inspection.nullish(),
  ratePerMinute: z.number().int().min(1).max(1_000_000).nullish(),
});

function withDefaults(settings: unknown): SnapshotSettings {
  return { ...defaultSettings, ...(settings as Partial<SnapshotSettings>) };
}

@Resolver(() => TenantSettingsModel)
export class SettingsResolver {
  constructor(
    @Inject(DB) private readonly db: Database,
    @Inject(TenantChanges) private readonly changes: TenantChanges,
    @Inject(PublishTenantNow) private readonly publishNow: PublishTenantNow,
  ) {}

  @Requires('catalog.read')
  @Query(() => TenantSettingsModel)
  async tenantSettings(@CurrentActor() actor: Actor): Promise<TenantSettingsModel> {
    const tenant = await this.db.withTenant(actor.tenantId, (tx) =>
      tx.tenant.findUniqueOrThrow({ where: { id: actor.tenantId } }),
    );
    return withDefaults(tenant.settings);
  }

  @Requires('settings.write')
  @Mutation(() => TenantSettingsModel)
  async updateTenantSettings(
    @CurrentActor() actor: Actor,
    @Arg('input', () => TenantSettingsInputModel) input: TenantSettingsInputModel,
  ): Promise<TenantSettingsModel> {
    const parsed = inputSchema.safeParse(input);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? 'input';
      throw new AppError('invalid_input', `${field} is out of range`, { details: { field } });
    }
    const changed = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value != null));
    const settings = await this.changes.run(actor, async (change) => {
      const where = { id: actor.tenantId };
      const tenant = await change.tx.tenant.findUniqueOrThrow({ where });
      const next = { ...(tenant.settings as object), ...changed };
      await change.tx.tenant.update({ where, data: { settings: next } });
      await change.config('settings');
      await change.receipt({
        action: 'settings.update',
        subjectKind: 'tenant',
        subjectId: actor.tenantId,
        summary: changed as Record<string, string | number | boolean>,
      });
      change.live('tenant', actor.tenantId);
      return next;
    });
    await this.publishNow.flush(actor, 'settings');
    return withDefaults(settings);
  }
}

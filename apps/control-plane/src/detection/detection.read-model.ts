import { AppError } from '@sallyport/kernel';
import { detectionSettings, type SnapshotSettings, type StoredDetection } from '@sallyport/snapshot';
import type { Database, TenantTx } from '../platform/database.ts';
import { wholeHours } from '../usage/usage.read-model.ts';
import type { DetectionBucketModel } from './detection.model.ts';
import {
  type CountRow,
  toCounts,
  toCustomRule,
  toModes,
  toRedaction,
  toRuleRows,
  toSensitiveRows,
} from './detection-view.ts';
import { type DetectionTier, upper } from './detection-words.ts';
import { shippedModel } from './model-card.ts';

const dayMs = 24 * 3_600_000;
const maxHourDays = 31;

export interface SeriesFilter {
  readonly from: Date;
  readonly to: Date;
  readonly bucket: 'HOUR' | 'DAY';
  readonly code?: string | null;
  readonly tier?: string | null;
  readonly direction?: string | null;
}

/** Queries behind the Detection page. */
export class DetectionReadModel {
  constructor(private readonly db: Database) {}

  /** Settings, tiers, rules and types with what they did in seven days. */
  async load(tenantId: string, now: Date) {
    const rows = await this.db.withTenant(tenantId, (tx) => readRows(tx, tenantId, now));
    const { tenant, rules, external, counts, verdicts } = rows;
    const settings = detectionSettings(tenant.detection as StoredDetection);
    const { requestInspection = 'monitor', responseInspection = 'monitor' } =
      tenant.settings as Partial<SnapshotSettings>;
    const { modes, outbound, inbound, restoreTokens } = settings;
    const { card, isThere } = shippedModel();
    const tier = (name: DetectionTier, isActive: boolean) => {
      const own = modes.byTier[name.toLowerCase() as Lowercase<DetectionTier>];
      const found = counts.filter((row) => row.tier === name.toLowerCase());
      return { tier: name, isActive, mode: own ? upper(own) : null, counts7d: toCounts(found) };
    };
    return {
      settings: {
        requestInspection,
        responseInspection,
        modes: toModes(modes),
        outbound: toRedaction(outbound),
        inbound: toRedaction(inbound),
        restoreTokens: upper(restoreTokens),
      },
      tiers: [
        tier('RULE', true),
        tier('MODEL', isThere),
        tier('TRANSFORMER', false),
        tier('EXTERNAL', external?.enabled === true),
        tier(
          'CUSTOM',
          rules.some((rule) => rule.enabled),
        ),
      ],
      rules: toRuleRows({ modes, custom: rules, counts, verdicts }),
      sensitiveTypes: toSensitiveRows(outbound, inbound, counts),
      customRules: rules.map(toCustomRule),
      external: external && {
        url: external.url,
        enabled: external.enabled,
        hasToken: external.tokenVersion > 0,
        budgetMs: external.budgetMs,
        perMinute: external.perMinute,
        onFailure: external.onFailure === 'block' ? ('BLOCK' as const) : ('PASS' as const),
      },
      consent: tenant.exportConsentAt && { at: tenant.exportConsentAt, byUser: tenant.exportConsentBy },
      card,
    };
  }

  /** One rule of the tenant; `undefined` when there is none. */
  async customRule(tenantId: string, id: string) {
    const row = await this.db.withTenant(tenantId, (tx) =>
      tx.detectionRule.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
    return row ? toCustomRule(row) : undefined;
  }

  /** What was done over time, with the verdicts that said it was wrong. @throws AppError `invalid_input` */
  async series(tenantId: string, filter: SeriesFilter): Promise<readonly DetectionBucketModel[]> {
    const hour = wholeHours(filter.from, filter.to);
    const days = (hour.lt.getTime() - hour.gte.getTime()) / dayMs;
    if (filter.bucket === 'HOUR' && days > maxHourDays) {
      throw new AppError('invalid_input', `hours are shown for at most ${maxHourDays} days`, {
        details: { field: 'bucket', maxDays: maxHourDays },
      });
    }
    const { code, tier, direction } = filter;
    const about = { ...(code ? { code } : {}), ...(tier ? { tier: tier.toLowerCase() } : {}) };
    return this.db.withTenant(tenantId, async (tx) => {
      const rows = await tx.detectionCount.groupBy({
        by: ['hour', 'action'],
        where: { hour, ...about, ...(direction ? { direction: direction.toLowerCase() } : {}) },
        _sum: { count: true },
      });
      const verdicts = await tx.detectionVerdict.findMany({
        where: { ...about, verdict: 'overridden', givenAt: hour },
        select: { givenAt: true },
        take: 20_000,
      });
      return toBuckets(filter, hour, rows, verdicts);
    });
  }
}

export type DetectionView = Awaited<ReturnType<DetectionReadModel['load']>>;

async function readRows(tx: TenantTx, tenantId: string, now: Date) {
  const since = new Date(now.getTime() - 7 * dayMs);
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const rules = await tx.detectionRule.findMany({ orderBy: { code: 'asc' } });
  const external = await tx.detectionExternal.findFirst();
  const sums = await tx.detectionCount.groupBy({
    by: ['code', 'tier', 'action'],
    where: { hour: { gte: since } },
    _sum: { count: true },
  });
  const given = await tx.detectionVerdict.groupBy({ by: ['code', 'verdict'], _count: { _all: true } });
  const counts: readonly CountRow[] = sums.map(({ code, tier, action, _sum }) => ({
    code,
    tier,
    action,
    count: _sum.count ?? 0,
  }));
  const verdicts = given.map(({ code, verdict, _count }) => ({ code, verdict, count: _count._all }));
  return { tenant, rules, external, counts, verdicts };
}

interface Summed {
  readonly hour: Date;
  readonly action: string;
  readonly _sum: { readonly count: number | null };
}

/** Every bucket of the range, the empty ones too, so that a chart shows quiet times as quiet. */
function toBuckets(
  filter: SeriesFilter,
  range: { readonly gte: Date; readonly lt: Date },
  rows: readonly Summed[],
  verdicts: readonly { readonly givenAt: Date }[],
): readonly DetectionBucketModel[] {
  const sizeMs = filter.bucket === 'DAY' ? dayMs : 3_600_000;
  const start = (at: Date): number => Math.floor(at.getTime() / sizeMs) * sizeMs;
  const byBucket = Map.groupBy(rows, (row) => start(row.hour));
  const wrong = Map.groupBy(verdicts, (row) => start(row.givenAt));
  const buckets: DetectionBucketModel[] = [];
  for (let at = start(range.gte); at < range.lt.getTime(); at += sizeMs) {
    const own = (byBucket.get(at) ?? []).map(({ action, _sum }) => ({ action, count: _sum.count ?? 0 }));
    buckets.push({ at: new Date(at), ...toCounts(own), overridden: wrong.get(at)?.length ?? 0 });
  }
  return buckets;
}

import type { Change } from '../platform/tenant-changes.ts';
import type { ReportView } from '../vetting/report-view.ts';

const hourMs = 3_600_000;

/** Counts what a first vetting found in definitions; a re-check would count the same findings again every hour. */
export async function countDefinitionFindings(change: Change, report: ReportView): Promise<void> {
  const { tenantId } = change.author;
  const hour = new Date(Math.floor(change.at.getTime() / hourMs) * hourMs);
  const findings = [...report.serverFindings, ...report.tools.flatMap((tool) => tool.findings)];
  const groups = Map.groupBy(findings, ({ code, tier }) => `${code}|${tier}`);
  for (const [, found] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { code, tier } = found[0] ?? { code: '', tier: '' };
    const place = { tenantId, hour, code, tier, direction: 'definition', action: 'monitor' };
    await change.tx.detectionCount.upsert({
      where: { tenantId_hour_code_tier_direction_action: place },
      create: { ...place, count: found.length },
      update: { count: { increment: found.length } },
    });
  }
}

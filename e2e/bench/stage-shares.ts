import { stageNames } from '@sallyport/ledger';
import { Client } from 'pg';

/** Which replies a column is about, by the size of the answer. */
const columns = [
  { title: '1 KiB', sized: 'result_bytes < 32768' },
  { title: '64 KiB', sized: 'result_bytes >= 32768' },
] as const;

export interface StageShares {
  readonly lines: readonly string[];
  /** Median µs by size and stage. */
  readonly summary: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Median µs of each stage over the calls that went well, from the stage times that the receipts carry, and its share of all
 * stages but the one that waits for the upstream.
 */
export async function stageShares(adminUrl: string): Promise<StageShares> {
  const db = new Client({ connectionString: adminUrl });
  await db.connect();
  try {
    const found: { readonly title: string; readonly medians: readonly number[] }[] = [];
    for (const { title, sized } of columns) found.push({ title, medians: await medians(db, sized) });
    return {
      lines: [
        `stage             ${found.map(({ title }) => `${title} median µs   share`).join('   ')}`,
        ...rows(found),
      ],
      summary: Object.fromEntries(
        found.map(({ title, medians: all }) => [
          title,
          Object.fromEntries(stageNames.map((name, index) => [name, Math.round(all[index] ?? 0)])),
        ]),
      ),
    };
  } finally {
    await db.end();
  }
}

function rows(found: readonly { readonly medians: readonly number[] }[]): readonly string[] {
  const waiting = stageNames.indexOf('dispatch');
  const sums = found.map(({ medians: all }) =>
    all.reduce((sum, us, index) => sum + (index === waiting ? 0 : us), 0),
  );
  return stageNames.map((name, index) => {
    const cells = found.map(({ medians: all }, column) => {
      const us = all[index] ?? 0;
      const share = index === waiting ? '' : `${((100 * us) / (sums[column] || 1)).toFixed(0)} %`;
      return `${us.toFixed(0).padStart(15)} ${share.padStart(7)}`;
    });
    return `${name.padEnd(16)} ${cells.join('   ')}`;
  });
}

async function medians(db: Client, sized: string): Promise<readonly number[]> {
  const each = stageNames.map(
    (_, index) =>
      `percentile_cont(0.5) WITHIN GROUP (ORDER BY stage_times_us[${index * 2 + 2}] - stage_times_us[${index * 2 + 1}]) FILTER (WHERE stage_times_us[${index * 2 + 1}] >= 0) AS s${index}`,
  );
  const { rows: found } = await db.query<Record<string, number>>(
    `SELECT ${each.join(', ')} FROM receipt WHERE phase = 'outcome' AND outcome = 'ok' AND ${sized}`,
  );
  const row = found[0] ?? {};
  const all = stageNames.map((_, index) => Number(row[`s${index}`] ?? 0));
  // Its second half waits for what stands between: that is told by itself.
  const between = ['authorize', 'inspectRequest', 'hold'] as const;
  const inside = between.reduce((sum, name) => sum + (all[stageNames.indexOf(name)] ?? 0), 0);
  const pin = stageNames.indexOf('verifyPin');
  return all.map((us, index) => (index === pin ? Math.max(0, us - inside) : us));
}

import { stageNames } from '@sallyport/ledger';
import { Client } from 'pg';

/** Median µs of each stage over the calls that went well, from the stage times that the receipts carry. */
export async function stageShares(adminUrl: string): Promise<readonly string[]> {
  const db = new Client({ connectionString: adminUrl });
  await db.connect();
  try {
    const columns = stageNames.map(
      (_, index) =>
        `percentile_cont(0.5) WITHIN GROUP (ORDER BY stage_times_us[${index * 2 + 2}] - stage_times_us[${index * 2 + 1}]) FILTER (WHERE stage_times_us[${index * 2 + 1}] >= 0) AS s${index}`,
    );
    const { rows } = await db.query<Record<string, number>>(
      `SELECT ${columns.join(', ')} FROM receipt WHERE phase = 'outcome' AND outcome = 'ok'`,
    );
    const row = rows[0] ?? {};
    return [
      'stage              median µs',
      ...stageNames.map(
        (name, index) =>
          `${name.padEnd(18)} ${Number(row[`s${index}`] ?? 0)
            .toFixed(0)
            .padStart(9)}`,
      ),
    ];
  } finally {
    await db.end();
  }
}

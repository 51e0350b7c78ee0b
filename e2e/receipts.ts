import { Client } from 'pg';
import { eventually } from './eventually.ts';

export interface ReceiptRow {
  readonly call_id: string;
  readonly phase: 'intent' | 'outcome';
  readonly outcome: string | null;
  readonly code: string | null;
  readonly stage: string | null;
  readonly tool_name: string | null;
  readonly args_digest: string | null;
}

/** Runs one read-only look at the truth as its administrator. */
export async function query<T extends object>(
  adminUrl: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly T[]> {
  const db = new Client({ connectionString: adminUrl });
  await db.connect();
  try {
    return (await db.query<T>(sql, [...values])).rows;
  } finally {
    await db.end();
  }
}

/** Every receipt of a call in one tenant, oldest first. */
export function callReceipts(adminUrl: string, tenantSlug: string): Promise<readonly ReceiptRow[]> {
  return query<ReceiptRow>(
    adminUrl,
    `SELECT r.call_id, r.phase, r.outcome, r.code, r.stage, r.tool_name, r.args_digest
       FROM receipt r JOIN tenant t ON t.id = r.tenant_id
      WHERE t.slug = $1 AND r.kind = 'call' ORDER BY r.at, r.id`,
    [tenantSlug],
  );
}

/** Changes settings of a tenant and publishes, the way an admin's change is carried; resolves when the publisher has it. */
export async function changeSettings(
  adminUrl: string,
  tenantSlug: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await query(
    adminUrl,
    `WITH changed AS (
       UPDATE tenant SET settings = settings || $2::jsonb WHERE slug = $1 RETURNING id)
     INSERT INTO outbox (tenant_id, kind) SELECT id, 'config' FROM changed`,
    [tenantSlug, JSON.stringify(settings)],
  );
  await eventually('the publisher took the settings', async () => {
    const left = await query(adminUrl, "SELECT 1 FROM outbox WHERE kind = 'config' AND done_at IS NULL");
    return left.length === 0;
  });
}

/** Lifts a tenant's rate limit: a setting for load. */
export function raiseRateLimit(adminUrl: string, tenantSlug: string): Promise<void> {
  return changeSettings(adminUrl, tenantSlug, { ratePerMinute: 10_000_000, rateBurst: 100_000 });
}

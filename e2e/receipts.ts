import { Client } from 'pg';

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

/** Lifts a tenant's rate limit and publishes: a setting for load, made the way an admin's change is carried. */
export async function raiseRateLimit(adminUrl: string, tenantSlug: string): Promise<void> {
  await query(
    adminUrl,
    `WITH changed AS (
       UPDATE tenant SET settings = settings || '{"ratePerMinute": 10000000, "rateBurst": 100000}' WHERE slug = $1 RETURNING id)
     INSERT INTO outbox (tenant_id, kind) SELECT id, 'publish' FROM changed`,
    [tenantSlug],
  );
}

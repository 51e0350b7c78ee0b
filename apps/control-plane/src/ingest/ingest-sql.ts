/** Columns of `receipt` that ingest fills, with their types. Read as `json`: to build a `jsonb` first costs a fifth more. */
const receiptColumns = {
  id: 'uuid',
  tenant_id: 'uuid',
  kind: 'text',
  phase: 'text',
  at: 'timestamptz',
  worker_id: 'text',
  spool_id: 'text',
  seq: 'bigint',
  chain: 'text',
  call_id: 'uuid',
  method: 'text',
  endpoint_id: 'uuid',
  agent_id: 'uuid',
  customer_id: 'uuid',
  key_id: 'uuid',
  server_id: 'uuid',
  tool_id: 'uuid',
  tool_name: 'text',
  args_digest: 'text',
  args_bytes: 'int',
  arg_names: 'text[]',
  snapshot_version: 'int',
  pin_digest: 'text',
  policy_ids: 'text[]',
  outcome: 'text',
  code: 'text',
  stage: 'text',
  policy_reason: 'text',
  result_digest: 'text',
  result_bytes: 'int',
  request_bytes: 'int',
  findings: 'jsonb',
  stage_times_us: 'int[]',
  upstream_us: 'int',
  total_us: 'int',
  added_us: 'int',
  client: 'text',
  protocol_version: 'text',
  credential: 'text',
  incident_id: 'text',
  billable: 'boolean',
  action: 'text',
  summary: 'jsonb',
} as const;

const names = Object.keys(receiptColumns).join(', ');
const typed = Object.entries(receiptColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

/** Returns the sequences that were new: only those are metered. */
export const insertReceipts = `
  INSERT INTO receipt (${names})
  SELECT ${names} FROM json_to_recordset($1::json) AS r(${typed})
  ON CONFLICT DO NOTHING RETURNING seq`;

export const insertAnonymous = `
  INSERT INTO anonymous_refusal (at, worker_id, spool_id, seq, window_ms, code, source_prefix, count)
  SELECT at, worker_id, spool_id, seq, window_ms, code, source_prefix, count
  FROM json_to_recordset($1::json) AS r(at timestamptz, worker_id text, spool_id text, seq bigint,
    window_ms int, code text, source_prefix text, count int)
  ON CONFLICT (spool_id, seq) DO NOTHING`;

export const insertBodies = `
  INSERT INTO receipt_body (tenant_id, call_id, at, args, result)
  SELECT tenant_id, call_id, at, args, result
  FROM json_to_recordset($1::json) AS r(tenant_id uuid, call_id uuid, at timestamptz, args text, result text)
  ON CONFLICT (tenant_id, call_id) DO NOTHING`;

export const addUsage = `
  INSERT INTO usage_hour AS u (tenant_id, hour, customer_id, agent_id, server_id, tool_id, tool_name,
    calls, denied, errors, billable, bytes_in, bytes_out)
  SELECT tenant_id, hour, customer_id, agent_id, server_id, tool_id, tool_name,
    calls, denied, errors, billable, bytes_in, bytes_out
  FROM json_to_recordset($1::json) AS r(tenant_id uuid, hour timestamptz, customer_id uuid, agent_id uuid,
    server_id uuid, tool_id uuid, tool_name text, calls int, denied int, errors int, billable int,
    bytes_in bigint, bytes_out bigint)
  ON CONFLICT (tenant_id, hour, customer_id, agent_id, server_id, tool_id, tool_name) DO UPDATE SET
    calls = u.calls + excluded.calls, denied = u.denied + excluded.denied, errors = u.errors + excluded.errors,
    billable = u.billable + excluded.billable, bytes_in = u.bytes_in + excluded.bytes_in,
    bytes_out = u.bytes_out + excluded.bytes_out`;

export const addPolicyHits = `
  INSERT INTO policy_day AS p (tenant_id, day, policy_id, hits)
  SELECT tenant_id, day, policy_id, hits
  FROM json_to_recordset($1::json) AS r(tenant_id uuid, day date, policy_id text, hits int)
  ON CONFLICT (tenant_id, day, policy_id) DO UPDATE SET hits = p.hits + excluded.hits`;

export const addDetectionCounts = `
  INSERT INTO detection_count AS d (tenant_id, hour, code, tier, direction, action, count)
  SELECT tenant_id, hour, code, tier, direction, action, count
  FROM json_to_recordset($1::json) AS r(tenant_id uuid, hour timestamptz, code text, tier text, direction text,
    action text, count int)
  ON CONFLICT (tenant_id, hour, code, tier, direction, action) DO UPDATE SET count = d.count + excluded.count`;

/** A key used within the last seconds is not written again. */
export const touchKeys = `
  UPDATE api_key k SET last_used_at = r.at
  FROM json_to_recordset($1::json) AS r(tenant_id uuid, id uuid, at timestamptz)
  WHERE k.tenant_id = r.tenant_id AND k.id = r.id
    AND (k.last_used_at IS NULL OR k.last_used_at < r.at - interval '2 seconds')`;

export const insertObservations = `
  INSERT INTO outbox (tenant_id, kind, payload)
  SELECT tenant_id, 'observation', payload
  FROM json_to_recordset($1::json) AS r(tenant_id uuid, payload jsonb)`;

export const openSpool = `
  INSERT INTO spool_ack (spool_id, worker_id, contiguous_seq) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;

export const lockSpool = `SELECT contiguous_seq, chain FROM spool_ack WHERE spool_id = $1 FOR UPDATE`;

export const advanceSpool = `
  UPDATE spool_ack SET contiguous_seq = $2, chain = $3, worker_id = $4, updated_at = now() WHERE spool_id = $1`;

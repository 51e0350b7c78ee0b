import type { Redis } from 'ioredis';
import { z } from 'zod';
import { execute } from './envelopes.ts';
import { keys } from './keys.ts';

/** How far one worker is with one tenant. */
export type TenantAck =
  | { readonly state: 'live'; readonly v: number; readonly rev: number }
  | {
      readonly state: 'refused';
      /** What it still runs on; 0 = nothing. */
      readonly v: number;
      readonly rev: number;
      readonly reason: string;
      /** Version of the envelope it refused, where that could be read. */
      readonly offered: number | null;
      /** When it refused, ms. */
      readonly at: number;
    };

/** What a worker says of itself at every change and every 5 seconds. */
export interface WorkerAck {
  readonly workerId: string;
  readonly bootId: string;
  readonly port: number;
  readonly isReady: boolean;
  readonly atMs: number;
  /** Tenant id → ack; all zeros = the installation. */
  readonly tenants: ReadonlyMap<string, TenantAck>;
}

const ackLifeMs = 60_000;
const tenantField = 't:';

const tenantAckSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('live'), v: z.int(), rev: z.int() }),
  z.object({
    state: z.literal('refused'),
    v: z.int(),
    rev: z.int(),
    reason: z.string(),
    offered: z.int().nullable(),
    at: z.number(),
  }),
]);

/** Writes the whole ack; it fades after a minute without another. */
export async function writeAck(redis: Redis, ack: WorkerAck): Promise<void> {
  const key = keys.ack(ack.workerId);
  const fields: Record<string, string> = {
    at: String(ack.atMs),
    bootId: ack.bootId,
    port: String(ack.port),
    ready: ack.isReady ? '1' : '0',
  };
  for (const [tenantId, tenant] of ack.tenants) fields[tenantField + tenantId] = JSON.stringify(tenant);
  await execute(
    redis.multi().del(key).hset(key, fields).pexpire(key, ackLifeMs).sadd(keys.workers, ack.workerId),
  );
}

/** A worker that leaves says so, and is no longer counted. */
export async function removeAck(redis: Redis, workerId: string): Promise<void> {
  await execute(redis.multi().del(keys.ack(workerId)).srem(keys.workers, workerId));
}

/** Every worker seen within `withinMs`; those whose ack has faded are forgotten. */
export async function readAcks(
  redis: Redis,
  input: { readonly nowMs: number; readonly withinMs: number },
): Promise<readonly WorkerAck[]> {
  const acks: WorkerAck[] = [];
  for (const workerId of (await redis.smembers(keys.workers)).sort()) {
    const fields = await redis.hgetall(keys.ack(workerId));
    if (Object.keys(fields).length === 0) {
      await redis.srem(keys.workers, workerId);
      continue;
    }
    const ack = parseAck(workerId, fields);
    if (input.nowMs - ack.atMs <= input.withinMs) acks.push(ack);
  }
  return acks;
}

function parseAck(workerId: string, fields: Readonly<Record<string, string>>): WorkerAck {
  const tenants = new Map<string, TenantAck>();
  for (const [field, text] of Object.entries(fields)) {
    if (!field.startsWith(tenantField)) continue;
    const parsed = tenantAckSchema.safeParse(parseJson(text));
    if (parsed.success) tenants.set(field.slice(tenantField.length), parsed.data);
  }
  return {
    workerId,
    bootId: fields.bootId ?? '',
    port: Number(fields.port) || 0,
    isReady: fields.ready === '1',
    atMs: Number(fields.at) || 0,
    tenants,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

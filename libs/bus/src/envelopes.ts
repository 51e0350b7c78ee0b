import { snapshotLimits } from '@sallyport/snapshot';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

/** A signed envelope on its way to the workers; `text` is written as it is. */
export interface OutgoingEnvelope {
  readonly tenantId: string;
  readonly version: number;
  readonly text: string;
}

export type ReadEnvelope =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'oversized'; readonly bytes: number };

const logLength = 10_000;

/**
 * Puts an envelope where workers look, and wakes them: one transaction of Redis.
 * It overwrites whatever is there: what Redis holds proves nothing, Postgres says which version is the newest.
 */
export async function publishEnvelope(redis: Redis, envelope: OutgoingEnvelope): Promise<void> {
  const { tenantId, text } = envelope;
  const version = String(envelope.version);
  await execute(
    redis
      .multi()
      .set(keys.envelope(tenantId), text)
      .hset(keys.heads, tenantId, version)
      .xadd(keys.configLog, 'MAXLEN', '~', logLength, '*', 'tenant', tenantId, 'version', version)
      .publish(keys.configWake, tenantId),
  );
}

/** Version per tenant as Redis says; entries that are no version are left out. */
export async function readHeads(redis: Redis): Promise<ReadonlyMap<string, number>> {
  const heads = new Map<string, number>();
  for (const [tenantId, text] of Object.entries(await redis.hgetall(keys.heads))) {
    const version = Number(text);
    if (Number.isSafeInteger(version) && version >= 0) heads.set(tenantId, version);
  }
  return heads;
}

/** Reads an envelope's text, unverified; one larger than allowed is measured and not read. */
export async function readEnvelope(redis: Redis, tenantId: string): Promise<ReadEnvelope> {
  const key = keys.envelope(tenantId);
  const limit = snapshotLimits.maxEnvelopeBytes;
  const bytes = await redis.strlen(key);
  if (bytes === 0) return { kind: 'missing' };
  if (bytes > limit) return { kind: 'oversized', bytes };
  // It may have grown since: the range keeps the promise.
  const text = await redis.getrange(key, 0, limit);
  return text === '' ? { kind: 'missing' } : { kind: 'found', text };
}

/** Runs a transaction and throws the first error in it. */
export async function execute(transaction: ReturnType<Redis['multi']>): Promise<void> {
  for (const [error] of (await transaction.exec()) ?? []) {
    if (error !== null) throw error;
  }
}

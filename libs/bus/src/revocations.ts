import type { Redis } from 'ioredis';
import { execute } from './envelopes.ts';
import { keys } from './keys.ts';

/** Signed marks of one tenant, as texts, unverified. */
export interface TenantRevocations {
  readonly tenantId: string;
  /** Every mark that must hold, for workers that start or lost their place. */
  readonly active: readonly string[];
}

const logLength = 10_000;

/** Sends new marks to the workers at once and keeps the whole list for those that start later. */
export async function publishRevocations(
  redis: Redis,
  revocations: TenantRevocations & { readonly appended: readonly string[] },
): Promise<void> {
  const transaction = redis.multi();
  transaction.hset(keys.revocations, revocations.tenantId, JSON.stringify(revocations.active));
  for (const text of revocations.appended) {
    transaction.xadd(keys.revocationLog, 'MAXLEN', '~', logLength, '*', 'r', text);
  }
  await execute(transaction);
}

/** Puts the list back after Redis lost it, and tells running workers to read it again. */
export async function restoreRevocations(redis: Redis, revocations: TenantRevocations): Promise<void> {
  const { tenantId, active } = revocations;
  await execute(
    redis
      .multi()
      .hset(keys.revocations, tenantId, JSON.stringify(active))
      .xadd(keys.revocationLog, 'MAXLEN', '~', logLength, '*', 't', tenantId),
  );
}

/** The whole list of one tenant; `undefined` when Redis has none. */
export async function readRevocations(
  redis: Redis,
  tenantId: string,
): Promise<readonly string[] | undefined> {
  const text = await redis.hget(keys.revocations, tenantId);
  return text === null ? undefined : readTexts(text);
}

/** The whole list of every tenant. */
export async function readAllRevocations(redis: Redis): Promise<ReadonlyMap<string, readonly string[]>> {
  const lists = Object.entries(await redis.hgetall(keys.revocations));
  return new Map(lists.map(([tenantId, text]) => [tenantId, readTexts(text)]));
}

/** Tolerates anything: what does not parse is no mark, and every mark is verified by its reader. */
function readTexts(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

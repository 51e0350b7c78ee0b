import { AppError, isUuid } from '@sallyport/kernel';
import type pg from 'pg';
import { mapDatabaseError } from './doors/map-error.ts';
import type { PrismaDoorName } from './doors/omitted-columns.ts';
import { openPool } from './doors/open-pool.ts';
import { openPrismaDoor, type PrismaDoor, type PrismaTransaction } from './doors/prisma-door.ts';
import { openSqlDoor, type SqlDoor, type SqlTransaction } from './doors/sql-door.ts';
import type { DoorName, Purpose, purposes } from './purposes.ts';

export type TenantTransaction = PrismaTransaction<'app'>;
/** What `withSystem(purpose)` hands to its work: Prisma, or plain SQL where `purposes` says so. */
export type SystemTransaction<P extends Purpose> = (typeof purposes)[P]['client'] extends 'sql'
  ? SqlTransaction
  : PrismaTransaction<Extract<P, PrismaDoorName>>;

/** The two doors to Postgres; there is no third. */
export interface Database {
  /** Runs `work` in one transaction that sees and writes rows of this tenant only. */
  withTenant<T>(tenantId: string, work: (tx: TenantTransaction) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction as the role of this purpose, across tenants, with its few rights. */
  withSystem<P extends Purpose, T>(purpose: P, work: (tx: SystemTransaction<P>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseInput {
  /** Connection strings of the doors this process needs; a door without one cannot be opened. */
  readonly urls: Partial<Readonly<Record<DoorName, string>>>;
  readonly poolSizes?: Partial<Readonly<Record<DoorName, number>>>;
  readonly statementTimeoutMs?: number;
  readonly transactionTimeoutMs?: number;
  /** Told about connections that broke while idle; the next query opens another. */
  readonly onConnectionError?: (door: DoorName, cause: Error) => void;
}

const defaultPoolSizes: Readonly<Record<DoorName, number>> = {
  app: 10,
  authenticator: 4,
  operator: 2,
  publisher: 3,
  ingester: 3,
  scheduler: 4,
};

/**
 * Opens the doors after checking that each login is one that row-level security holds.
 * @throws AppError `internal_error` when a login is too strong or not the door's own.
 */
export async function createDatabase(input: DatabaseInput): Promise<Database> {
  const pools = await openPools(input);
  const timeoutMs = input.transactionTimeoutMs ?? 15_000;
  const clients = new Map<DoorName, PrismaDoor<PrismaDoorName> | SqlDoor>();
  for (const [door, pool] of pools) {
    clients.set(door, door === 'ingester' ? openSqlDoor(pool) : openPrismaDoor(door, pool, timeoutMs));
  }
  // The map holds under each name the client that `SystemTransaction` promises for it.
  const run = async <T>(door: DoorName, work: (tx: never) => Promise<T>, tenantId?: string): Promise<T> => {
    const client = clients.get(door);
    if (client === undefined)
      throw new AppError('internal_error', `the database door ${door} is not open in this process`);
    try {
      return await client.run(work as (tx: unknown) => Promise<T>, tenantId);
    } catch (cause) {
      throw mapDatabaseError(cause);
    }
  };
  return {
    withTenant: async (tenantId, work) => {
      if (!isUuid(tenantId)) throw new AppError('internal_error', 'withTenant needs a tenant id');
      return run('app', work, tenantId);
    },
    withSystem: (purpose, work) => run(purpose, work),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

async function openPools(input: DatabaseInput): Promise<ReadonlyMap<DoorName, pg.Pool>> {
  const pools = new Map<DoorName, pg.Pool>();
  try {
    for (const [name, url] of Object.entries(input.urls)) {
      const door = name as DoorName;
      const pool = await openPool({
        door,
        url,
        size: input.poolSizes?.[door] ?? defaultPoolSizes[door],
        statementTimeoutMs: input.statementTimeoutMs ?? 15_000,
        onConnectionError: input.onConnectionError ?? (() => {}),
      });
      pools.set(door, pool);
    }
    return pools;
  } catch (cause) {
    await Promise.all([...pools.values()].map((pool) => pool.end()));
    throw cause;
  }
}

import { PrismaPg } from '@prisma/adapter-pg';
import { AppError } from '@sallyport/kernel';
import type pg from 'pg';
import { PrismaClient } from '../generated/client.ts';
import type { PrismaDoorName } from './omitted-columns.ts';
import { omittedColumns } from './omitted-columns.ts';

/** What would leave the transaction, or take its SQL as text. */
const withheld = [
  '$queryRawUnsafe',
  '$executeRawUnsafe',
  '$transaction',
  '$connect',
  '$disconnect',
  '$on',
  '$extends',
] as const;
type Withheld = (typeof withheld)[number];

/** A transaction through one door: Prisma's models and tagged raw SQL, without what the door's role may not read. */
export type PrismaTransaction<D extends PrismaDoorName> = Omit<
  PrismaClient<never, (typeof omittedColumns)[D]>,
  Withheld
>;

export interface PrismaDoor<D extends PrismaDoorName> {
  run<T>(work: (tx: PrismaTransaction<D>) => Promise<T>, tenantId?: string): Promise<T>;
}

/** Builds the door over an open pool. */
export function openPrismaDoor<D extends PrismaDoorName>(
  door: D,
  pool: pg.Pool,
  transactionTimeoutMs: number,
): PrismaDoor<D> {
  const client = new PrismaClient({ adapter: new PrismaPg(pool), omit: omittedColumns[door] });
  return {
    run: (work, tenantId) =>
      client.$transaction(
        async (tx) => {
          if (tenantId !== undefined) {
            await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
          }
          return work(guardTransaction(tx) as unknown as PrismaTransaction<D>);
        },
        { maxWait: 5_000, timeout: transactionTimeoutMs },
      ),
  };
}

// Invariant: work inside a transaction cannot change whose transaction it is (threat T-TENANT).
function guardTransaction<Tx extends object>(tx: Tx): Tx {
  return new Proxy(tx, {
    get: (target, name) => {
      if (withheld.some((denied) => denied === name)) {
        throw new AppError('internal_error', `${String(name)} is not available inside a database door`);
      }
      const value: unknown = Reflect.get(target, name);
      if ((name !== '$queryRaw' && name !== '$executeRaw') || typeof value !== 'function') return value;
      return (query: unknown, ...values: unknown[]) => {
        refuseContextChange(query);
        return value.call(target, query, ...values);
      };
    },
  });
}

function refuseContextChange(query: unknown): void {
  const strings =
    typeof query === 'object' && query !== null && 'strings' in query && Array.isArray(query.strings)
      ? query.strings
      : query;
  if (!Array.isArray(strings)) throw new AppError('internal_error', 'raw SQL must be a tagged template');
  if (/set_config|app\.tenant_id/i.test(strings.join('?'))) {
    throw new AppError('internal_error', 'raw SQL may not change the tenant of its transaction');
  }
}

import type pg from 'pg';

/** Plain SQL inside one transaction, for the hot path of ingest. A named statement is prepared once per connection. */
export interface SqlTransaction {
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
    statementName?: string,
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }>;
}

export interface SqlDoor {
  run<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
}

/** Builds the door over an open pool. */
export function openSqlDoor(pool: pg.Pool): SqlDoor {
  return {
    run: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(asTransaction(client));
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (cause) {
        await leave(client, cause);
        throw cause;
      }
    },
  };
}

function asTransaction(client: pg.PoolClient): SqlTransaction {
  return {
    query: async <Row extends object>(text: string, values?: readonly unknown[], statementName?: string) => {
      const result = await client.query<Row>({
        text,
        ...(values === undefined ? {} : { values: [...values] }),
        ...(statementName === undefined ? {} : { name: statementName }),
      });
      return { rows: result.rows, rowCount: result.rowCount ?? 0 };
    },
  };
}

/** Rolls back and returns the connection; one that cannot roll back is thrown away. */
async function leave(client: pg.PoolClient, cause: unknown): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(cause instanceof Error ? cause : true);
  }
}

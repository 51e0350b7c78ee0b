import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

export interface OpenSchemaEngine {
  readonly engine: SchemaEngine;
  /** Ends the pool: only that lets go of the engine's advisory lock. */
  close(): Promise<void>;
}

/** The catalogue's type `"char"`: what the stock adapter may take it for, and what the engine wants to hear. */
const charTypes = new Map<number, { readonly readAs: number; readonly reportAs: ColumnType }>([
  [18, { readAs: 1042, reportAs: ColumnTypeEnum.Character }],
  [1002, { readAs: 1014, reportAs: ColumnTypeEnum.CharacterArray }],
]);

/** Opens Prisma's migration engine (WebAssembly, no binary) on one database. */
export async function openSchemaEngine(input: {
  readonly url: string;
  readonly datamodel: readonly (readonly [path: string, content: string])[];
}): Promise<OpenSchemaEngine> {
  // The engine reports a panic through this hook; without it the cause of a failure is lost.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message() {} } });
  const pool = new pg.Pool({ connectionString: input.url, max: 4 });
  pool.on('error', () => {});
  const factory = migrationAdapterFactory(pool);
  const datamodels = input.datamodel.map(([path, content]): [string, string] => [path, content]);
  const engine = await SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  const close = async () => {
    engine.free();
    await pool.end();
  };
  return { engine, close };
}

/**
 * The stock adapter with its faults for migrations cured: it splits scripts at `;` (which breaks `$$` bodies), and it
 * does not know the type `"char"` of the catalogue. No shadow database: drift is found against a migrated one.
 */
function migrationAdapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectAdapter(pool),
    connectToShadowDb: () => Promise.reject(new Error('migrations run without a shadow database')),
  };
}

async function connectAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const charColumns = new WeakMap<object, ReadonlyMap<number, ColumnType>>();
  const adapter = await new PrismaPg(disguiseCharColumns(pool, charColumns)).connect();
  const stockQueryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await stockQueryRaw(query);
    for (const [index, type] of charColumns.get(result.rows) ?? []) result.columnTypes[index] = type;
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (cause) {
      throw new DriverAdapterError(toPostgresFault(cause));
    }
  };
  return adapter;
}

function toPostgresFault(cause: unknown): ConstructorParameters<typeof DriverAdapterError>[0] {
  const fault = cause instanceof pg.DatabaseError ? cause : undefined;
  return {
    kind: 'postgres',
    code: fault?.code ?? 'XX000',
    severity: fault?.severity ?? 'ERROR',
    message: cause instanceof Error ? cause.message : String(cause),
    detail: fault?.detail,
    column: fault?.column,
    hint: fault?.hint,
  };
}

/** A view of the pool whose `"char"` columns look like one that the adapter can read; notes per result which they were. */
function disguiseCharColumns(
  pool: pg.Pool,
  charColumns: WeakMap<object, ReadonlyMap<number, ColumnType>>,
): pg.Pool {
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await pool.query(config);
    const found = new Map<number, ColumnType>();
    for (const [index, field] of result.fields.entries()) {
      const known = charTypes.get(field.dataTypeID);
      if (known === undefined) continue;
      field.dataTypeID = known.readAs;
      found.set(index, known.reportAs);
    }
    charColumns.set(result.rows, found);
    return result;
  };
  return new Proxy(pool, {
    get: (target, name) => {
      if (name === 'query') return query;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

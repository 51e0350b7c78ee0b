export { type AdminReceipt, appendAdminReceipt, appendOutbox, type OutboxEntry } from './append.ts';
export {
  createDatabase,
  type Database,
  type DatabaseInput,
  type SystemTransaction,
  type TenantTransaction,
} from './create-database.ts';
export { afterCursor, type Cursor, type Page, pageSize, readCursor, toPage, writeCursor } from './cursor.ts';
export { mapDatabaseError } from './doors/map-error.ts';
export type { SqlTransaction } from './doors/sql-door.ts';
export * from './generated/enums.ts';
export type * from './model-types.ts';
export { type Door, type DoorName, doors, type Purpose, purposes, type TableRights } from './purposes.ts';
export { jsonNull, sqlEmpty, sqlFragment, sqlJoin } from './sql-fragment.ts';

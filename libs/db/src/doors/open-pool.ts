import { AppError } from '@sallyport/kernel';
import pg from 'pg';
import { type DoorName, doors } from '../purposes.ts';

export interface PoolInput {
  readonly door: DoorName;
  readonly url: string;
  readonly size: number;
  readonly statementTimeoutMs: number;
  readonly onConnectionError: (door: DoorName, cause: Error) => void;
}

interface LoginFacts {
  readonly login: string;
  readonly session: string;
  readonly isSuperuser: boolean;
  readonly bypassesRls: boolean;
  readonly canCreateRoles: boolean;
  readonly ownsSomething: boolean;
  readonly isMemberOfRole: boolean;
}

const loginFactsSql = `
  SELECT current_user AS "login", session_user AS "session",
    r.rolsuper AS "isSuperuser", r.rolbypassrls AS "bypassesRls", r.rolcreaterole AS "canCreateRoles",
    EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relowner = r.oid)
      OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid)
      AS "ownsSomething",
    EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid) AS "isMemberOfRole"
  FROM pg_roles r WHERE r.rolname = current_user`;

/**
 * Opens the pool of one door and refuses a login that row-level security would not hold.
 * @throws AppError `internal_error` when the role is superuser, owner, BYPASSRLS, or not the door's own.
 */
export async function openPool(input: PoolInput): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: input.url,
    max: input.size,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: input.statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    application_name: `sallyport-${input.door}`,
  });
  // Without a listener a connection that Postgres closes while idle would end the process.
  pool.on('error', (cause) => input.onConnectionError(input.door, cause));
  try {
    const { rows } = await pool.query<LoginFacts>(loginFactsSql);
    refuseStrongLogin(input.door, rows[0]);
    return pool;
  } catch (cause) {
    await pool.end();
    throw cause;
  }
}

// Invariant: no door logs in as a role that row-level security does not hold (threat T-TENANT).
function refuseStrongLogin(door: DoorName, facts: LoginFacts | undefined): void {
  const { role } = doors[door];
  if (facts === undefined) throw new AppError('internal_error', `door ${door}: the login role is not known`);
  const faults = [
    facts.login !== role && `must log in as ${role}`,
    facts.session !== facts.login && 'must not change its role',
    facts.isSuperuser && 'must not be a superuser',
    facts.bypassesRls && 'must not bypass row-level security',
    facts.canCreateRoles && 'must not create roles',
    facts.ownsSomething && 'must not own tables',
    facts.isMemberOfRole && 'must not be a member of another role',
  ].filter((fault) => fault !== false);
  if (faults.length > 0) {
    throw new AppError('internal_error', `door ${door}: the login ${facts.login} ${faults.join(', ')}`);
  }
}

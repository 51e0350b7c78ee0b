import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DoorName, doors } from '@sallyport/db';
import pg from 'pg';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { findFreePort, startSupervised, waitUntil } from './supervised-process.ts';

const run = promisify(execFile);
const templateName = 'sallyport_template';

/** What another process needs to use a running test server. */
export interface PostgresFacts {
  readonly supervisorPid: number;
  readonly port: number;
  readonly adminPassword: string;
  readonly rolePasswords: Readonly<Record<DoorName, string>>;
}

export interface TestPostgres extends PostgresFacts {
  stop(): void;
}

/**
 * Starts a real Postgres with one migrated template database, on a free port of 127.0.0.1.
 * It ends with `ownerPid` (this process by default), even when that is killed.
 */
export async function startTestPostgres(ownerPid: number = process.pid): Promise<TestPostgres> {
  const binaries = await findPostgresBinaries();
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-pg-'));
  try {
    const adminPassword = randomBytes(24).toString('hex');
    const dataDir = await initialise(binaries, dir, adminPassword);
    const port = await findFreePort();
    const child = startSupervised({
      ownerPid,
      ...(binaries.account ?? {}),
      command: binaries.postgres,
      args: ['-D', dataDir, '-p', String(port), ...serverSettings],
      removeDir: dir,
    });
    const supervisorPid = child.pid ?? 0;
    const stop = () => stopQuietly(supervisorPid);
    try {
      const rolePasswords = Object.fromEntries(
        Object.keys(doors).map((door) => [door, randomBytes(24).toString('hex')]),
      ) as Record<DoorName, string>;
      const facts = { supervisorPid, port, adminPassword, rolePasswords };
      await waitUntil('test Postgres', 20_000, () => query(adminUrl(facts, 'postgres'), 'SELECT 1'));
      // Only here: it loads the migration engine, which no other test needs.
      const { migrateDatabase } = await import('@sallyport/db/migrate');
      await migrateDatabase({ adminUrl: adminUrl(facts, templateName), rolePasswords });
      return { ...facts, stop };
    } catch (cause) {
      stop();
      throw cause;
    }
  } catch (cause) {
    rmSync(dir, { recursive: true, force: true });
    throw cause;
  }
}

const serverSettings = [
  ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
  ...['-c', 'max_connections=200', '-c', 'autovacuum_naptime=10s'],
];

async function initialise(binaries: PostgresBinaries, dir: string, password: string): Promise<string> {
  const dataDir = join(dir, 'data');
  const passwordFile = join(dir, 'password');
  mkdirSync(dataDir, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (binaries.account !== undefined) {
    const { uid, gid } = binaries.account;
    for (const path of [dir, dataDir, passwordFile]) chownSync(path, uid, gid);
  }
  const args = [
    '-D',
    dataDir,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
  ];
  await run(binaries.initdb, [...args, '--no-locale', '--no-sync'], {
    cwd: dir,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    ...(binaries.account ?? {}),
  });
  return dataDir;
}

/** Asks the supervisor to stop its server. */
export function stopQuietly(supervisorPid: number): void {
  try {
    process.kill(supervisorPid, 'SIGTERM');
  } catch {
    // already gone
  }
}

/** Connection string of the administrator for one database. */
export function adminUrl(facts: PostgresFacts, database: string): string {
  return `postgres://postgres:${facts.adminPassword}@127.0.0.1:${facts.port}/${database}`;
}

/** Connection strings of every door for one database. */
export function doorUrls(facts: PostgresFacts, database: string): Readonly<Record<DoorName, string>> {
  return Object.fromEntries(
    Object.entries(doors).map(([door, { role }]) => [
      door,
      `postgres://${role}:${facts.rolePasswords[door as DoorName]}@127.0.0.1:${facts.port}/${database}`,
    ]),
  ) as Record<DoorName, string>;
}

/** Makes a fresh copy of the migrated template. */
export async function copyTemplate(facts: PostgresFacts, database: string): Promise<void> {
  await waitUntil('copy of the template database', 20_000, () =>
    query(adminUrl(facts, 'postgres'), `CREATE DATABASE ${database} TEMPLATE ${templateName}`),
  );
}

/** Drops a copy with whatever is still connected to it. */
export async function dropCopy(facts: PostgresFacts, database: string): Promise<void> {
  await query(adminUrl(facts, 'postgres'), `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

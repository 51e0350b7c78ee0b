import { migrateDatabase } from './migrate/migrate-database.ts';
import { type DoorName, doors } from './purposes.ts';

/** Reads `DB_ROLE_PASSWORDS`, a JSON object door → password; unknown names are refused. */
function readPasswords(text: string | undefined): Partial<Record<DoorName, string>> {
  if (text === undefined || text === '') return {};
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('DB_ROLE_PASSWORDS must be a JSON object');
  for (const [door, password] of Object.entries(value)) {
    if (!Object.hasOwn(doors, door)) throw new Error(`DB_ROLE_PASSWORDS names an unknown door: ${door}`);
    if (typeof password !== 'string' || password === '')
      throw new Error(`the password of door ${door} is empty`);
  }
  return value as Partial<Record<DoorName, string>>;
}

async function main(): Promise<number> {
  const adminUrl = process.env.DATABASE_URL_ADMIN;
  if (adminUrl === undefined) {
    process.stderr.write('DATABASE_URL_ADMIN is not set\n');
    return 2;
  }
  try {
    const rolePasswords = readPasswords(process.env.DB_ROLE_PASSWORDS);
    const { applied } = await migrateDatabase({ adminUrl, rolePasswords });
    process.stdout.write(
      applied.length === 0 ? 'database is up to date\n' : `applied ${applied.join(', ')}\n`,
    );
    return 0;
  } catch (cause) {
    process.stderr.write(
      `migration failed: ${cause instanceof Error ? cause.message : JSON.stringify(cause)}\n`,
    );
    return 1;
  }
}

// Leave at once: the engine's lock timer would keep the process alive for ten seconds.
if (import.meta.main) process.exit(await main());

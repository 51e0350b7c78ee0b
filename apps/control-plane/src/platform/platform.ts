import { createDatabase } from '@sallyport/db';
import type { Clock } from '@sallyport/kernel';
import { revocationText, type SignText, signRevocation } from '@sallyport/snapshot';
import { createLogger, type Logger } from '@sallyport/telemetry';
import { createSigner, createVault, type Vault } from '@sallyport/vault';
import type { Env } from '../env.ts';
import { LiveHub } from '../live/live-hub.ts';
import type { SignRevocation } from '../publication/revocation-signer.ts';
import { Bus } from './bus.ts';
import type { Database } from './database.ts';

/** What the process gives to every feature. */
export interface Platform {
  readonly env: Env;
  readonly log: Logger;
  readonly clock: Clock;
  readonly db: Database;
  readonly bus: Bus;
  readonly vault: Vault;
  readonly hub: LiveHub;
  readonly sign: SignText;
  readonly signRevocation: SignRevocation;
  close(): Promise<void>;
}

/** Opens the doors of Postgres, Redis and the keys. */
export async function openPlatform(env: Env, log: Logger = defaultLog(env)): Promise<Platform> {
  const db = await createDatabase({
    urls: {
      app: env.DATABASE_URL_APP,
      authenticator: env.DATABASE_URL_AUTHENTICATOR,
      operator: env.DATABASE_URL_OPERATOR,
      publisher: env.DATABASE_URL_PUBLISHER,
      ingester: env.DATABASE_URL_INGESTER,
    },
    onConnectionError: (door, err) => log.warn({ door, err }, 'a database connection broke'),
  });
  const bus = new Bus({ url: env.REDIS_URL, onError: quietly(log) });
  await bus.settle(2_000);
  const sign = createSigner(env.SNAPSHOT_SIGNING_KEY);
  const kid = env.SNAPSHOT_KEY_ID;
  return {
    env,
    log,
    db,
    bus,
    sign,
    clock: { nowMs: () => Date.now() },
    vault: createVault({ kek: env.VAULT_KEK }),
    hub: new LiveHub(),
    signRevocation: (mark) => revocationText(signRevocation({ ...mark, kid, sign })),
    close: async () => {
      await bus.close();
      await db.close();
    },
  };
}

function defaultLog(env: Env): Logger {
  return createLogger({ name: 'control-plane', level: env.LOG_LEVEL });
}

const quietMs = 10_000;

/** Redis that is away says so on every attempt; once in ten seconds is enough. */
function quietly(log: Logger): (err: Error) => void {
  let nextAt = 0;
  return (err) => {
    if (Date.now() < nextAt) return;
    nextAt = Date.now() + quietMs;
    log.warn({ err }, 'Redis is not reachable');
  };
}

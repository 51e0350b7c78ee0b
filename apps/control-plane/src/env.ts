import { AppError } from '@sallyport/kernel';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);
const origin = z.url().transform((text) => new URL(text).origin);
const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

/** Every setting of this process; nothing else reads the environment. */
const envSchema = z.object({
  /** Port of the API and the console, on 127.0.0.1. */
  CONTROL_PLANE_PORT: port.default(4400),
  /** Public origin of the console: links start with it, and only pages from it may change anything. */
  CONSOLE_URL: origin.default('http://127.0.0.1:4400'),
  /** Public origin of the data plane, for endpoint URLs and recipes. */
  GATEWAY_URL: origin.default('http://127.0.0.1:4411'),
  /** Folder of the built console; without it only the API is served. */
  CONSOLE_DIST: z.string().optional(),
  /** File of the persisted documents that the console's build wrote. */
  PERSISTED_DOCUMENTS: z.string().optional(),
  /** Postgres, as the role behind `withTenant`. */
  DATABASE_URL_APP: z.string(),
  /** Postgres, as the role that signs people in. */
  DATABASE_URL_AUTHENTICATOR: z.string(),
  /** Postgres, as the role of operators. */
  DATABASE_URL_OPERATOR: z.string(),
  /** Postgres, as the role that publishes snapshots. */
  DATABASE_URL_PUBLISHER: z.string(),
  /** Postgres, as the role that takes in receipts. */
  DATABASE_URL_INGESTER: z.string(),
  /** Redis, as the control plane's user. */
  REDIS_URL: z.string(),
  /** Key that wraps the tenants' data keys: 32 bytes, base64. */
  VAULT_KEK: base64,
  /** X25519 key that upstream credentials are sealed to for the workers, base64. */
  WORKER_SEAL_PUBLIC_KEY: base64,
  /** X25519 key that opens kept arguments and results, base64; without it they stay closed. */
  BODY_SEAL_PRIVATE_KEY: base64.optional(),
  /** Ed25519 key that signs snapshots and revocations: PKCS8 DER, base64. */
  SNAPSHOT_SIGNING_KEY: base64,
  /** Name of that key, as the workers know it. */
  SNAPSHOT_KEY_ID: z.string().min(1).max(64),
  /** Bearer token of the workers and jobs for `/internal`. */
  INGEST_TOKEN: z.string().min(32),
  /** Bearer token that opens sign-in links; no worker and no job knows it. */
  OPERATOR_TOKEN: z.string().min(32),
  /** Private upstream origins that operators start with: `host:port`, separated by commas. */
  PRIVATE_ORIGINS: list,
  /** Ports of ours that no upstream may have, separated by commas. */
  OWN_PORTS: list.transform((ports) => ports.map(Number)),
  /** The bundled demo server. */
  DEMO_URL: z.string().default('http://127.0.0.1:4431/mcp'),
  /** Hours without use after which a session ends. */
  SESSION_HOURS: z.coerce.number().int().min(1).max(720).default(12),
  /** Least level that is logged. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** `1`: end when the launcher closes our standard input. */
  SALLYPORT_PARENT_PIPE: z.string().optional(),
  /** Only for the seed: the demo key made before, so that every start prints the same. */
  SEED_API_KEY: z.string().optional(),
  /** Only for the seed: `0` leaves the demo server out. */
  SEED_DEMO_SERVER: z.string().optional(),
});

export type Env = z.infer<typeof envSchema>;

/**
 * Reads the settings once.
 * @throws AppError naming every faulty setting, never its value.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  throw new AppError('invalid_input', `missing or invalid settings: ${names.join(', ')}`);
}

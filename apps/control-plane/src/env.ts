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
export const envSchema = z.object({
  CONTROL_PLANE_PORT: port.default(4400),
  CONSOLE_URL: origin.default('http://127.0.0.1:4400'),
  GATEWAY_URL: origin.default('http://127.0.0.1:4411'),
  CONSOLE_DIST: z.string().optional(),
  PERSISTED_DOCUMENTS: z.string().optional(),
  DATABASE_URL_APP: z.string(),
  DATABASE_URL_AUTHENTICATOR: z.string(),
  DATABASE_URL_OPERATOR: z.string(),
  DATABASE_URL_PUBLISHER: z.string(),
  DATABASE_URL_INGESTER: z.string(),
  DATABASE_URL_SCHEDULER: z.string(),
  REDIS_URL: z.string(),
  VAULT_KEK: base64,
  WORKER_SEAL_PUBLIC_KEY: base64,
  BODY_SEAL_PRIVATE_KEY: base64.optional(),
  SNAPSHOT_SIGNING_KEY: base64,
  SNAPSHOT_KEY_ID: z.string().min(1).max(64),
  INGEST_TOKEN: z.string().min(32),
  PRIVATE_ORIGINS: list,
  OWN_PORTS: list.transform((ports) => ports.map(Number)),
  DEMO_URL: z.string().default('http://127.0.0.1:4431/mcp'),
  SESSION_HOURS: z.coerce.number().int().min(1).max(720).default(12),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SALLYPORT_PARENT_PIPE: z.string().optional(),
  /** Only the seed reads these three. */
  SEED_API_KEY: z.string().optional(),
  SEED_DEMO_SERVER: z.string().optional(),
  SEED_LOGIN_LINK: z.string().optional(),
});

type Parsed = z.infer<typeof envSchema>;
/** `CONSOLE_DIST` goes when that folder is not there. */
export type Env = Parsed;

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

import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const ms = z.coerce.number().int().nonnegative();
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((part) => part !== ''));
const key32 = base64.refine((text) => Buffer.from(text, 'base64').length === 32, 'must have 32 bytes');

/** `kid=base64spki,…` */
const publicKeys = z.string().transform((text, context) => {
  const pairs = text.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  if (pairs.some(([kid, spki]) => kid === '' || spki === '')) {
    context.addIssue({ code: 'custom', message: 'kid=base64,…' });
  }
  return Object.fromEntries(pairs);
});

/** Every setting of this process; nothing else reads the environment. */
export const envSchema = z.object({
  DATA_PLANE_PORT: port.default(4411),
  WORKERS: z.coerce.number().int().min(1).max(64).default(2),
  WORKER_PORT_BASE: port.default(4421),
  STATE_DIR: z.string().min(1),
  REDIS_URL: z.string().min(1),
  INGEST_URL: z.url(),
  INGEST_TOKEN: z.string().min(32),
  SNAPSHOT_PUBLIC_KEYS: publicKeys,
  WORKER_SEAL_PRIVATE_KEY: key32,
  BODY_SEAL_PUBLIC_KEY: key32.optional(),
  SESSION_HANDLE_KEY: key32,
  SPOOL_KEY: key32,
  ALLOWED_HOSTS: list,
  OWN_PORTS: list.transform((ports) => ports.map(Number)),
  ANON_WINDOW_MS: ms.min(100).default(60_000),
  /** Installation's default; a tenant that changed its setting keeps its own. */
  PIN_MAX_AGE_MS: ms.optional(),
  SPOOL_LIMIT_MB: z.coerce.number().min(1).default(2_048),
  /** Most megabytes of JavaScript heap in each worker; Node's own choice when absent. */
  WORKER_HEAP_MB: z.coerce.number().int().min(64).optional(),
  DRAIN_MS: ms.default(5_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SALLYPORT_PARENT_PIPE: z.string().optional(),
  /** Set by the primary for each worker. */
  WORKER_INDEX: z.coerce.number().int().nonnegative().default(0),
});

export type Env = z.infer<typeof envSchema>;

/** Reads the environment once; names what is wrong, never a value. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new Error(`Not valid in the environment: ${names.join(', ')}`);
}

import { z } from 'zod';

const ports = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean).map(Number))
  .pipe(z.array(z.number().int().min(1).max(65_535)));

const schema = z.object({
  DATABASE_URL_SCHEDULER: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** Base64, 32 bytes: opens the credential of a server that is being vetted. */
  VAULT_KEK: z.string().min(1),
  /** Ports that are never called, whatever the operator allows. */
  OWN_PORTS: ports,
  /** How often every published server is listed again. */
  RECHECK_INTERVAL_MS: z.coerce.number().int().min(1_000).default(300_000),
  /** How often Postgres is compared with the queue. */
  RECONCILE_INTERVAL_MS: z.coerce.number().int().min(100).default(10_000),
  /** Silence after which a run counts as lost. */
  RUN_STALE_MS: z.coerce.number().int().min(1_000).default(60_000),
  CONTROL_PLANE_INTERNAL_URL: z.url({ protocol: /^https?$/ }),
  INGEST_TOKEN: z.string().min(16),
  /** `permission_model`: never use bubblewrap, also where it works. */
  VET_SANDBOX: z.enum(['auto', 'permission_model']).default('auto'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  /** `1`: exit when the pipe to the parent closes, so that a killed launcher leaves nothing behind. */
  SALLYPORT_PARENT_PIPE: z.string().optional(),
});

export type Env = z.infer<typeof schema>;

/** Reads the environment once; names what is wrong, never a value. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new Error(`Not valid in the environment: ${names.join(', ')}`);
}

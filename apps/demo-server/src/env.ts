import { z } from 'zod';

const schema = z.object({
  DEMO_PORT: z.coerce.number().int().min(0).max(65_535).default(4431),
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

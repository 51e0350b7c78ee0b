import { z } from 'zod';

const envSchema = z.object({
  /** Root of the checkout; the launcher sets it. */
  SALLYPORT_ROOT: z.string().min(1),
  /** Folder of the installation; the launcher sets it. */
  SALLYPORT_HOME: z.string().min(1),
});

export type Env = z.infer<typeof envSchema>;

/** Reads what the launcher hands over. */
export const readEnv = (source: Readonly<Record<string, string | undefined>>): Env => envSchema.parse(source);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  launcher: z.object({ pid: z.number() }).optional(),
  ports: z.object({ postgres: z.number().optional(), redis: z.number().optional() }).default({}),
  controlPlaneUrl: z.string().optional(),
  health: z.record(z.string(), z.string()).default({}),
});

const secretsSchema = z.object({
  operatorToken: z.string(),
  redisPasswords: z.record(z.string(), z.string()),
});

export type InstallationState = z.infer<typeof stateSchema>;
export type InstallationSecrets = z.infer<typeof secretsSchema>;

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** What the last `npm start` remembered, or undefined before the first one. */
export const readInstallationState = (home: string): InstallationState | undefined =>
  stateSchema.safeParse(readJson(join(home, 'run', 'state.json'))).data;

/** The secrets that the commands need, or undefined before the first start. */
export const readInstallationSecrets = (home: string): InstallationSecrets | undefined =>
  secretsSchema.safeParse(readJson(join(home, 'secrets.json'))).data;

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from './paths.mjs';
import { StopError } from './stop-error.mjs';

const table = JSON.parse(readFileSync(new URL('settings.json', import.meta.url), 'utf8'));

/** A whole number from the environment, with the default and the limits of its row in the table. */
const whole = (env, name) => {
  const { default: otherwise, most = 65_535 } = table.find(({ variable }) => variable === name);
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new StopError(
    `${name} must be a whole number from 1 to ${most}.`,
    `Set it to one, for example ${name}=${otherwise}.`,
  );
};

const url = (env, name, protocols) => {
  const text = env[name];
  if (!text) return undefined;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed && protocols.includes(parsed.protocol)) return text;
  throw new StopError(
    `${name} is not a ${protocols[0]}// address.`,
    `Give it as ${protocols[0]}//user:password@host:port/name, or unset it.`,
  );
};

/** What a person may choose about an installation, from the environment, checked once. */
export const readSettings = (env = process.env) => {
  const home = homeFolder(env);
  return {
    home,
    runFolder: join(home, 'run'),
    logFolder: join(home, 'logs'),
    port: whole(env, 'SALLYPORT_PORT'),
    gatewayPort: whole(env, 'SALLYPORT_GATEWAY_PORT'),
    workerPortBase: whole(env, 'SALLYPORT_WORKER_PORT_BASE'),
    demoPort: whole(env, 'SALLYPORT_DEMO_PORT'),
    workers: whole(env, 'SALLYPORT_WORKERS'),
    databaseUrl: url(env, 'DATABASE_URL', ['postgresql:', 'postgres:']),
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    isDev: env.SALLYPORT_DEV === '1',
    logLevel: env.LOG_LEVEL ?? 'info',
  };
};

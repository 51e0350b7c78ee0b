import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closingBox } from './box.mjs';
import { makeAll } from './build.mjs';
import { withCheckoutLock } from './checkout-lock.mjs';
import { installDependencies } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { inRoot, pinnedNode } from './paths.mjs';
import { checkPorts, checkReachable, rememberedPort } from './ports.mjs';
import { preparePostgres, removePostgres } from './postgres.mjs';
import { controlPlaneEnv, healthAddresses, processTable, workersReady } from './process-table.mjs';
import { createProgress } from './progress.mjs';
import { prepareRedis } from './redis.mjs';
import { killCommands, runCommand, tail } from './run-command.mjs';
import { letGo, readState, rememberState, takeOver } from './run-state.mjs';
import { keepSecrets, loadSecrets, privateFolder } from './secrets.mjs';
import { readSettings } from './settings.mjs';
import { printFault, StopError } from './stop-error.mjs';
import { createSupervisor, endLeftovers } from './supervise.mjs';
import { ensureTool } from './system-packages.mjs';
import { waitFor } from './wait-for.mjs';
import { watchedTable } from './watched-table.mjs';

const usage = `npm start                 start everything; data are kept
npm start -- --reset      remove all data of this folder first

Ports: SALLYPORT_PORT, SALLYPORT_GATEWAY_PORT, SALLYPORT_WORKER_PORT_BASE, SALLYPORT_DEMO_PORT
Own servers: DATABASE_URL (an administrator's), REDIS_URL. Another data folder: SALLYPORT_HOME
`;

const impatientAfterMs = 1500;

const version = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).version;

const reset = (home) => {
  removePostgres(home);
  rmSync(home, { recursive: true, force: true });
};

/** Postgres and Redis, ours or the person's own: started, and their addresses. */
const startServices = async ({ settings, secrets, supervisor, progress }) => {
  const { ports = {} } = readState(settings.runFolder);
  const postgres = async () => {
    if (settings.databaseUrl) {
      await checkReachable('DATABASE_URL', settings.databaseUrl);
      return { adminUrl: settings.databaseUrl };
    }
    const prepared = await preparePostgres({ home: settings.home, secrets, remembered: ports.postgres });
    await supervisor.start(prepared.row);
    return prepared;
  };
  const redis = async () => {
    if (settings.redisUrl) {
      await checkReachable('REDIS_URL', settings.redisUrl);
      const same = settings.redisUrl;
      return { urls: { control: same, worker: same, jobs: same, tests: same } };
    }
    const prepared = await prepareRedis({ home: settings.home, secrets, remembered: ports.redis });
    await supervisor.start(prepared.row);
    return prepared;
  };
  const results = {};
  await Promise.all([
    progress.step('Postgres', async () => {
      results.postgres = await postgres();
      return settings.databaseUrl ? 'your own' : `port ${results.postgres.port}`;
    }),
    progress.step('Redis', async () => {
      results.redis = await redis();
      return settings.redisUrl ? 'your own' : `port ${results.redis.port}`;
    }),
  ]);
  rememberState(settings.runFolder, {
    ports: { ...ports, postgres: results.postgres.port, redis: results.redis.port },
  });
  return { adminUrl: results.postgres.adminUrl, redisUrls: results.redis.urls };
};

const installSandbox = (progress) =>
  progress.step('Sandbox for vetting', async () => {
    if (process.platform !== 'linux') return 'none on this system';
    const tool = await ensureTool('bubblewrap');
    return tool.kind === 'missing'
      ? 'bubblewrap is missing; vetting uses the permission model'
      : 'bubblewrap';
  });

const migrate = ({ wiring, progress }) =>
  progress.step('Migrate the database', async () => {
    const result = await runCommand(pinnedNode(), [inRoot('libs', 'db', 'src', 'migrate.ts')], {
      env: {
        PATH: process.env.PATH ?? '',
        NODE_NO_WARNINGS: '1',
        DATABASE_URL_ADMIN: wiring.adminUrl,
        DB_ROLE_PASSWORDS: JSON.stringify(wiring.secrets.rolePasswords),
      },
    });
    if (result.code !== 0)
      throw new StopError(
        'The database could not be migrated.',
        `${tail(result.output, 12)}\nYour data are untouched; \`npm start -- --reset\` starts over.`,
      );
  });

const seed = async ({ wiring }) => {
  const result = await runCommand(pinnedNode(), [inRoot('apps', 'control-plane', 'dist', 'seed.js')], {
    env: {
      ...controlPlaneEnv(wiring),
      LOG_LEVEL: 'warn',
      ...(wiring.secrets.demoKey ? { SEED_API_KEY: wiring.secrets.demoKey } : {}),
    },
  });
  if (result.code !== 0) throw new StopError('The demo tenant could not be made.', tail(result.output, 15));
  const seeded = JSON.parse(result.stdout.trim().split('\n').at(-1));
  if (seeded.key && seeded.key !== wiring.secrets.demoKey)
    keepSecrets(wiring.settings.home, { demoKey: seeded.key });
  return { ...seeded, key: seeded.key ?? wiring.secrets.demoKey };
};

const startProcesses = async ({ wiring, supervisor, progress }) => {
  const [controlPlane, ...others] = wiring.settings.isDev ? watchedTable(wiring) : processTable(wiring);
  const start = (row) =>
    progress.step(`Start ${row.name}`, () => supervisor.start(row).then(() => undefined));
  await start(controlPlane);
  await Promise.all(others.map(start));
};

const addresses = ({ port, gatewayPort }, { tenantSlug }) => ({
  consoleUrl: `http://127.0.0.1:${port}`,
  endpoint: `http://127.0.0.1:${gatewayPort}/${tenantSlug}/main/key/mcp`,
});

const rememberRunning = (wiring, seeded) => {
  const { settings, controlPort } = wiring;
  const { ports } = readState(settings.runFolder);
  rememberState(settings.runFolder, {
    ...addresses(settings, seeded),
    controlPlaneUrl: `http://127.0.0.1:${controlPort}`,
    health: healthAddresses(wiring),
    ports: { ...ports, controlPlane: controlPort },
  });
};

/** Brings an installation up; the box's content is the result. */
const bringUp = async ({ settings, supervisor, progress }) => {
  const secrets = loadSecrets(settings.home);
  privateFolder(join(settings.home, 'workers'));
  // In watch mode Vite serves the console from its sources.
  const isNeeded = (row) => row.isRuntime && !(settings.isDev && row.name === 'Console');
  const built = withCheckoutLock(() => makeAll(progress, { choose: isNeeded }));
  const [services] = await Promise.all([
    startServices({ settings, secrets, supervisor, progress }),
    built,
    installSandbox(progress),
  ]);
  const controlPort = settings.isDev
    ? await rememberedPort(readState(settings.runFolder).ports.controlPlane)
    : settings.port;
  const wiring = { settings, secrets, controlPort, ...services };
  await migrate({ wiring, progress });
  await startProcesses({ wiring, supervisor, progress });
  let seeded;
  await progress.step('Demo tenant', async () => {
    seeded = await seed({ wiring });
  });
  await progress.step('Configuration live on every worker', async () => {
    if (!(await waitFor(() => workersReady(wiring), 30_000)))
      throw new StopError(
        'The workers did not get their configuration.',
        `See ${settings.logFolder}/data-plane.log`,
      );
  });
  rememberRunning(wiring, seeded);
  return seeded;
};

const closeWith = ({ settings, supervisor, progress }) => {
  let closingSince;
  const now = async (why, code) => {
    if (closingSince !== undefined) {
      // npm repeats the signal that the terminal already gave us; only a later one is a person's impatience.
      if (performance.now() - closingSince < impatientAfterMs) return;
      supervisor.killNow();
      process.exit(code || 1);
    }
    closingSince = performance.now();
    progress.quieten();
    killCommands();
    const hasChildren = supervisor.isRunning();
    if (hasChildren) progress.print(`\n  Stopping (${why}) …`);
    await supervisor.stop();
    letGo(settings.runFolder);
    if (hasChildren) progress.print('  Stopped. Data are kept.');
    progress.end();
    process.exit(code);
  };
  return { now, isClosing: () => closingSince !== undefined };
};

const listen = (close) => {
  for (const [signal, code] of [
    ['SIGINT', 0],
    ['SIGTERM', 0],
    ['SIGHUP', 0],
  ])
    process.on(signal, () => void close.now(signal, code));
  // A closed terminal takes our output with it; that is no reason to die before the children are down.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // npm may be killed without telling us.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event)
    setInterval(() => process.ppid !== parent && void close.now('npm is gone', 1), 1000).unref();
};

const main = async () => {
  if (process.argv.includes('--help')) return process.stdout.write(usage);
  const since = performance.now();
  checkMachine();
  const settings = readSettings();
  const progress = createProgress();
  privateFolder(settings.home);
  takeOver(settings.runFolder);
  if (await endLeftovers(settings.runFolder))
    progress.print('  ✓ Ended what an earlier, killed start had left');
  if (process.argv.includes('--reset')) {
    await progress.step('Start over: remove all data', async () => reset(settings.home));
    takeOver(settings.runFolder);
  }
  await checkPorts(settings);
  const supervisor = createSupervisor({ ...settings, report: (line) => progress.print(`  ! ${line}`) });
  const close = closeWith({ settings, supervisor, progress });
  listen(close);
  try {
    await withCheckoutLock(() => installDependencies(progress));
    const seeded = await bringUp({ settings, supervisor, progress });
    const elapsed = `${((performance.now() - since) / 1000).toFixed(1)} s`;
    progress.print(
      closingBox({
        ...seeded,
        ...addresses(settings, seeded),
        elapsed,
        home: settings.home,
        version: version(),
      }),
    );
  } catch (error) {
    if (close.isClosing()) return;
    printFault(error);
    await close.now('the start failed', 1);
  }
};

await main().catch((error) => {
  printFault(error);
  process.exit(1);
});

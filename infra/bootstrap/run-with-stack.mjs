import { spawn } from 'node:child_process';
import { makeAll } from './build.mjs';
import { withCheckoutLock } from './checkout-lock.mjs';
import { installDependencies } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { inRoot, pinnedNode, root, toolPath } from './paths.mjs';
import { createProgress } from './progress.mjs';
import { printFault, StopError } from './stop-error.mjs';
import { ensureTool } from './system-packages.mjs';

const prepare = async (name) => {
  checkMachine();
  const progress = createProgress({ out: process.stderr });
  await withCheckoutLock(async () => {
    await installDependencies(progress);
    await makeAll(progress);
  });
  const redis = await ensureTool('redis');
  if (redis.kind === 'missing')
    throw new StopError('Redis is not installed.', `Install it and run the ${name} again (${redis.reason}).`);
  progress.end();
};

/** Builds everything and runs a program of `e2e/` that starts an installation of its own; ends as it ends. */
export const runWithStack = async (name, ...path) => {
  try {
    await prepare(name);
  } catch (error) {
    printFault(error);
    process.exit(1);
  }
  const child = spawn(pinnedNode(), [inRoot('e2e', ...path), ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, PATH: toolPath(), NODE_NO_WARNINGS: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
};

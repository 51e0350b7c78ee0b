#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { checkNode } from './machine.mjs';
import { homeFolder, inRoot, pinnedNode, root } from './paths.mjs';
import { printFault, StopError } from './stop-error.mjs';

/** The command line itself is TypeScript and needs the pinned Node; this only finds both. */
const main = () => {
  checkNode();
  const node = pinnedNode();
  if (!node || !existsSync(inRoot('node_modules', '.modules.yaml')))
    throw new StopError('Sallyport is not installed in this checkout yet.', 'Run `npm start` once.');
  const child = spawn(node, [inRoot('apps', 'cli', 'src', 'main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_NO_WARNINGS: '1', SALLYPORT_ROOT: root, SALLYPORT_HOME: homeFolder() },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
};

try {
  main();
} catch (error) {
  printFault(error);
  process.exit(1);
}

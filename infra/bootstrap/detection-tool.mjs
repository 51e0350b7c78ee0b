import { spawn } from 'node:child_process';
import { installDependencies } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { inRoot, pinnedNode, root, toolPath } from './paths.mjs';
import { createProgress } from './progress.mjs';
import { printFault } from './stop-error.mjs';

/** Runs one of the tools of detection with the pinned Node; needs no stack. */
export async function runDetectionTool(file) {
  try {
    checkMachine();
    const progress = createProgress({ out: process.stderr });
    await installDependencies(progress);
    progress.end();
    const child = spawn(pinnedNode(), [inRoot('tools', 'detection', file), ...process.argv.slice(2)], {
      stdio: 'inherit',
      cwd: root,
      env: { ...process.env, PATH: toolPath(), NODE_NO_WARNINGS: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code) => process.exit(code ?? 1));
  } catch (error) {
    printFault(error);
    process.exit(1);
  }
}

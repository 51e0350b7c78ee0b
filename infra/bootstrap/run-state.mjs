import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSameProcess, startMark } from './process-ids.mjs';
import { privateFolder, writePrivateFile } from './secrets.mjs';
import { StopError } from './stop-error.mjs';

const stateFile = (runFolder) => join(runFolder, 'state.json');

/** What is remembered of the last start: ports, addresses, the launcher. Empty before the first one. */
export const readState = (runFolder) => {
  try {
    return JSON.parse(readFileSync(stateFile(runFolder), 'utf8'));
  } catch {
    return {};
  }
};

/** Remembers more of the running start. The file names no secret, but is private all the same. */
export const rememberState = (runFolder, more) => {
  privateFolder(runFolder);
  const next = { ...readState(runFolder), ...more };
  writePrivateFile(stateFile(runFolder), `${JSON.stringify(next, null, 2)}\n`);
  return next;
};

/** Throws when another launcher runs this installation; otherwise we are the one. */
export const takeOver = (runFolder) => {
  const { launcher } = readState(runFolder);
  if (launcher && launcher.pid !== process.pid && isSameProcess(launcher))
    throw new StopError(
      `Sallyport already runs from this folder (pid ${launcher.pid}).`,
      `Use it (\`npx sallyport login-link\` prints a fresh link), or stop it with Ctrl-C in its terminal or \`kill ${launcher.pid}\`.`,
    );
  rememberState(runFolder, { launcher: { pid: process.pid, mark: startMark(process.pid) } });
};

/** Removes what a launcher leaves only while it runs. */
export const letGo = (runFolder) => {
  rememberState(runFolder, { launcher: undefined });
  rmSync(join(runFolder, 'processes.json'), { force: true });
};

import type { Env } from '../env.ts';
import { readInstallationSecrets, readInstallationState } from '../installation.ts';
import { checkBuilds, checkDisk, checkLock, checkNode } from './checkout.ts';
import { checkFileModes } from './file-modes.ts';
import type { Finding } from './finding.ts';
import { checkSandbox } from './sandbox.ts';
import { checkHealth, checkPostgres, checkRedis } from './services.ts';

const isRunning = (pid: number | undefined): boolean => {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const checkLauncher = (pid: number | undefined): Finding =>
  isRunning(pid)
    ? { kind: 'well', name: 'Launcher', detail: `pid ${pid}` }
    : { kind: 'broken', name: 'Launcher', detail: 'not running', advice: 'start Sallyport with `npm start`' };

const checkRunning = async (home: string): Promise<readonly Finding[]> => {
  const state = readInstallationState(home);
  if (state === undefined)
    return [
      { kind: 'broken', name: 'Installation', detail: `nothing in ${home}`, advice: 'run `npm start`' },
    ];
  const secrets = readInstallationSecrets(home);
  return Promise.all([
    checkFileModes(home),
    checkLauncher(state.launcher?.pid),
    checkPostgres(state),
    checkRedis(state, secrets),
    ...Object.entries(state.health).map(([name, url]) => checkHealth(name, url)),
  ]);
};

/** Looks at everything an installation needs, from the disk to each process. */
export const examine = async ({ SALLYPORT_HOME, SALLYPORT_ROOT }: Env): Promise<readonly Finding[]> => [
  checkNode(process.versions.node),
  ...checkBuilds(SALLYPORT_ROOT),
  checkLock(SALLYPORT_ROOT),
  checkDisk(SALLYPORT_ROOT),
  checkSandbox(process.platform),
  ...(await checkRunning(SALLYPORT_HOME)),
];

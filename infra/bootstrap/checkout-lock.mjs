import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './paths.mjs';
import { isAlive } from './process-ids.mjs';

const lockFile = join(cacheFolder, 'building.lock');

const tryTake = () => {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

const holder = () => {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return 0;
  }
};

/** Only one command at a time installs, generates or builds in a checkout; a lock whose holder is gone is taken over. */
export const withCheckoutLock = async (work) => {
  mkdirSync(cacheFolder, { recursive: true });
  while (!tryTake()) {
    const pid = holder();
    if (pid !== 0 && !isAlive(pid)) rmSync(lockFile, { force: true });
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
};

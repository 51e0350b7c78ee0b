import { existsSync, statfsSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';
import { StopError } from './stop-error.mjs';

const leastNodeMajor = 20;
const freshInstallBytes = 2_500_000_000;
const workingBytes = 300_000_000;

/** Throws when this Node is too old to run the bootstrap. */
export const checkNode = (version = process.versions.node) => {
  if (Number(version.split('.')[0]) >= leastNodeMajor) return;
  throw new StopError(
    `Sallyport needs Node ${leastNodeMajor} or newer, this is ${version}.`,
    'Install a current Node from https://nodejs.org (or `nvm install 24`) and run the command again.',
  );
};

/** Throws on an operating system that neither Redis nor the sandbox supports. */
export const checkPlatform = (platform = process.platform) => {
  if (platform === 'linux' || platform === 'darwin') return;
  throw new StopError(
    `Sallyport runs on Linux and macOS, this is ${platform}.`,
    'On Windows, run it inside WSL 2 (`wsl --install`).',
  );
};

/** Bytes free for us on the disk of a folder. */
export const freeBytes = (folder = root) => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** Throws when the disk has no room for what comes. */
export const checkDisk = (
  free = freeBytes(),
  isInstalled = existsSync(inRoot('node_modules', '.modules.yaml')),
) => {
  const needed = isInstalled ? workingBytes : freshInstallBytes;
  if (free >= needed) return;
  const mb = (bytes) => `${Math.round(bytes / 1_000_000)} MB`;
  throw new StopError(
    `The disk of ${root} has ${mb(free)} free, Sallyport needs ${mb(needed)}.`,
    'Free some space, or move the checkout to another disk, and run the command again.',
  );
};

/** All checks that need nothing installed. */
export const checkMachine = () => {
  checkNode();
  checkPlatform();
  checkDisk();
};

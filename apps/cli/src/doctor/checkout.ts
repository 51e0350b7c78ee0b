import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

const leastFreeBytes = 300_000_000;
const leastNodeMajor = 24;

/** The Node that runs us is the pinned one. */
export const checkNode = (version: string): Finding =>
  Number(version.split('.')[0]) >= leastNodeMajor
    ? { kind: 'well', name: 'Node', detail: version }
    : {
        kind: 'broken',
        name: 'Node',
        detail: version,
        advice: 'run `npm start`: it installs the pinned Node 24',
      };

const made = [
  ['Install', 'node_modules/.modules.yaml'],
  ['Prisma client', 'libs/db/src/generated/client.ts'],
  ['Control plane build', 'apps/control-plane/dist/main.js'],
  ['Console build', 'apps/console/dist/index.html'],
] as const;

/** What `npm start` installs and builds is there. */
export const checkBuilds = (root: string): readonly Finding[] =>
  made.map(([name, file]) =>
    existsSync(join(root, file))
      ? { kind: 'well', name, detail: file }
      : { kind: 'broken', name, detail: `${file} is missing`, advice: 'run `npm start`' },
  );

/** The disk has room for logs, spool and database. */
export const checkDisk = (root: string): Finding => {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  const detail = `${Math.round(free / 1_000_000)} MB free`;
  return free >= leastFreeBytes
    ? { kind: 'well', name: 'Disk', detail }
    : {
        kind: 'broken',
        name: 'Disk',
        detail,
        advice: 'free at least 300 MB: the spool refuses calls on a full disk',
      };
};

/** The lock file is the one that was installed, as far as pnpm's own copy of it tells. */
export const checkLock = (root: string): Finding => {
  const digest = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, file)))
      .digest('hex');
  const name = 'Locked versions';
  try {
    return digest('pnpm-lock.yaml') === digest('node_modules/.pnpm/lock.yaml')
      ? { kind: 'well', name, detail: 'installed as locked' }
      : {
          kind: 'remark',
          name,
          detail: 'pnpm-lock.yaml changed since the install',
          advice: 'run `npm start`',
        };
  } catch {
    return { kind: 'broken', name, detail: 'nothing is installed', advice: 'run `npm start`' };
  }
};

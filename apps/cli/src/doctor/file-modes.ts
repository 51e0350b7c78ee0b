import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

const others = 0o077;

const exposed = (path: string): boolean => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & others) !== 0;
};

const filesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
};

/** Nobody but the owner may enter the installation's folder or read what lies in it. */
export const checkFileModes = (home: string): Finding => {
  const name = 'File modes';
  const open = [
    home,
    ...filesOf(home),
    ...filesOf(join(home, 'run')),
    ...filesOf(join(home, 'redis')),
  ].filter((path) => !path.endsWith('appendonlydir') && exposed(path));
  return open.length === 0
    ? { kind: 'well', name, detail: 'private' }
    : {
        kind: 'broken',
        name,
        detail: `others may read ${open.join(', ')}`,
        advice: `run \`chmod -R go= ${home}\``,
      };
};

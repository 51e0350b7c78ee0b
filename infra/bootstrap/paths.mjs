import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The file of the checkout with this path from its root. */
export const inRoot = (...parts) => join(root, ...parts);

/** Everything that belongs to one running installation lives in this folder (mode 0700). */
export const homeFolder = (env = process.env) =>
  env.SALLYPORT_HOME ? resolve(env.SALLYPORT_HOME) : inRoot('.sallyport');

/** Stamps and locks of the installed and built checkout; they belong to the checkout, not to an installation. */
export const cacheFolder = inRoot('.cache');

/** The pinned Node 24, present after the install. */
export const pinnedNode = () => {
  const link = inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(link) ? realpathSync(link) : undefined;
};

/** PATH for everything that we start: tools of the checkout first. */
export const toolPath = (...workspaces) =>
  [
    inRoot('node_modules', '.bin'),
    ...workspaces.map((workspace) => inRoot(workspace, 'node_modules', '.bin')),
    process.env.PATH ?? '',
  ].join(process.platform === 'win32' ? ';' : ':');

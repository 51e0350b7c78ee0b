import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, inRoot } from './paths.mjs';

const ignored = new Set(['node_modules', 'dist', 'generated', '.git', '.sallyport', '.cache', 'coverage']);
const stampFile = join(cacheFolder, 'stamps.json');

const filesUnder = (folder, skip) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !ignored.has(entry.name) && !entry.name.startsWith('.sallyport') && !skip(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path, skip);
      return entry.isFile() ? [path] : [];
    });

const isTest = (name) => /\.(test|spec|test-d)\.tsx?$/u.test(name);

/** One digest over the content of files and folders (given from the root); tests and generated folders do not count. */
export const digestOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths.map((part) => inRoot(part)).filter((path) => existsSync(path))) {
    const files = isFolder(path) ? filesUnder(path, isTest).sort() : [path];
    for (const file of files)
      hash
        .update(`${file.slice(path.length)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
};

const isFolder = (path) => {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
};

const readStamps = () => {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
};

/** True when the work of this name was last done on exactly these inputs. */
export const isFresh = (name, digest) => readStamps()[name] === digest;

/** Remembers that the work of this name was done on these inputs. */
export const stamp = (name, digest) => {
  mkdirSync(cacheFolder, { recursive: true });
  const next = `${stampFile}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify({ ...readStamps(), [name]: digest }, null, 2)}\n`);
  renameSync(next, stampFile);
};

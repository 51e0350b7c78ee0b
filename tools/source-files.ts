import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const skipped = new Set([
  'node_modules',
  'dist',
  'generated',
  '.git',
  '.cache',
  'coverage',
  'test-results',
  'images',
]);

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name) && !name.startsWith('.sallyport'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [path] : [];
    });

const isScript = (path: string): boolean =>
  /\.(ts|tsx|mts|mjs|cjs|js)$/u.test(path) && !path.endsWith('.d.ts');

const groups = ['apps', 'libs', 'e2e', 'tools', 'infra'];

/** Every script that people wrote, by its path from the root, with `/` on every system. */
export const sourceFiles = (under: readonly string[] = groups): readonly string[] =>
  under
    .flatMap((group) => walk(join(root, group)))
    .filter(isScript)
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort();

/** The text of a file, given by its path from the root. */
export const readSource = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Tests and their fixtures obey fewer rules. */
export const isTestFile = (path: string): boolean =>
  /\.(test|spec|test-d)\.tsx?$/u.test(path) ||
  /\/(__fixtures__|testing)\//u.test(path) ||
  /\.(bench|property)\.ts$/u.test(path);

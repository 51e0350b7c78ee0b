import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { importsOf, packageOf } from './imports.ts';
import { appTable, impureWords, libTable, ownedPackages, pureLibs } from './layer-table.ts';
import { isTestFile, readSource, root, sourceFiles } from './source-files.ts';

const scope = '@sallyport/';

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const readManifest = (folder: string): Manifest => ({
  dependencies: {},
  devDependencies: {},
  ...(JSON.parse(readSource(`${folder}/package.json`)) as { name: string }),
});

const workspaceNames = (manifest: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(manifest)
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length));

const folders = (group: 'apps' | 'libs'): readonly string[] =>
  readdirSync(join(root, group)).filter((name) => existsSync(join(root, group, name, 'package.json')));

/** Workspace libs a package names in its package.json against what the table allows it. */
const checkManifest = (folder: string, allowed: readonly string[]): readonly string[] => {
  const { dependencies, devDependencies } = readManifest(folder);
  const upward = workspaceNames(dependencies).filter((name) => !allowed.includes(name));
  const upwardInTests = workspaceNames(devDependencies).filter(
    (name) => name !== 'testkit' && !allowed.includes(name),
  );
  return [...upward, ...upwardInTests].map(
    (name) =>
      `${folder}/package.json: may not depend on ${scope}${name}; the layer table allows ${allowed.join(', ') || 'no workspace lib'}`,
  );
};

/** Every package.json of the workspace against the layer table. */
export const checkManifests = (): readonly string[] => [
  ...folders('libs').flatMap((name) => {
    const row = libTable[name];
    if (row === undefined)
      return [`libs/${name}: has no row in the layer table (a new lib needs two users and an ADR)`];
    return checkManifest(`libs/${name}`, row.mayImport);
  }),
  ...folders('apps').flatMap((name) => {
    const allowed = appTable[name];
    if (allowed === undefined) return [`apps/${name}: has no row in the layer table`];
    return checkManifest(`apps/${name}`, allowed);
  }),
];

const workspaceOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('e2e') || path.startsWith('tools') ? 1 : 2)
    .join('/');

const checkOwnedPackages = (path: string, imported: readonly string[]): readonly string[] =>
  imported.flatMap((specifier) => {
    const name = packageOf(specifier);
    return ownedPackages
      .filter(
        ({ packages, owners }) =>
          name !== undefined &&
          packages.test(name) &&
          !(owners as readonly string[]).includes(workspaceOf(path)),
      )
      .map(({ reason }) => `${path}: imports ${specifier}; ${reason}`);
  });

const withoutComments = (text: string): string => {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  let code = '';
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isText =
      token === ts.SyntaxKind.StringLiteral || token === ts.SyntaxKind.NoSubstitutionTemplateLiteral;
    code += isText ? '""' : scanner.getTokenText();
    code += ' ';
  }
  return code;
};

const checkPurity = (path: string, text: string, imported: readonly string[]): readonly string[] => {
  const lib = /^libs\/([^/]+)\/src\//u.exec(path)?.[1];
  if (lib === undefined || !pureLibs.includes(lib) || isTestFile(path)) return [];
  const code = withoutComments(text);
  return [
    ...imported
      .filter((specifier) => specifier.startsWith('node:') || specifier.endsWith('/nodejs'))
      .map((specifier) => `${path}: imports ${specifier}; layers 0–2 know no Node`),
    ...impureWords
      .filter(({ pattern }) => pattern.test(code))
      .map(({ pattern, reason }) => `${path}: contains ${pattern.source}; ${reason}`),
  ];
};

const leavesWorkspace = (path: string, specifier: string): boolean =>
  specifier.startsWith('.') &&
  !posix.join(posix.dirname(path), specifier).startsWith(`${workspaceOf(path)}/`);

/** Upstreams that misbehave on purpose live in one place and serve every test. */
const isFixtureUpstream = (path: string, specifier: string): boolean =>
  posix.join(posix.dirname(path), specifier).startsWith('e2e/upstreams/');

const checkCrossings = (path: string, imported: readonly string[]): readonly string[] => {
  const own = workspaceOf(path);
  const tests = isTestFile(path) || own === 'e2e' || own === 'libs/testkit';
  return imported.flatMap((specifier) => {
    const name = specifier.startsWith(scope) ? specifier.slice(scope.length).split('/')[0] : undefined;
    const isApp = name !== undefined && appTable[name] !== undefined;
    if (isApp) return [`${path}: imports ${specifier}; apps are never imported`];
    if (name === 'testkit' && !tests) return [`${path}: imports ${specifier}; the testkit is for tests`];
    if (leavesWorkspace(path, specifier) && !(tests && isFixtureUpstream(path, specifier)))
      return [`${path}: imports ${specifier}; another workspace is imported by its name, not by its path`];
    return [];
  });
};

/** Every rule about who imports what and what a pure lib may say, for one file. */
export const checkFile = (path: string, text: string): readonly string[] => {
  const imported = importsOf(text);
  return [
    ...checkOwnedPackages(path, imported),
    ...checkPurity(path, text, imported),
    ...(path.startsWith('e2e/') ? [] : checkCrossings(path, imported)),
  ];
};

/** All violations of the layer table in the checkout. */
export const checkLayers = (): readonly string[] => [
  ...checkManifests(),
  ...sourceFiles(['apps', 'libs', 'e2e', 'tools']).flatMap((path) => checkFile(path, readSource(path))),
];

if (import.meta.main) {
  const violations = checkLayers();
  for (const violation of violations) console.error(violation);
  console.log(
    `layers: ${sourceFiles(['apps', 'libs', 'e2e', 'tools']).length} files, ${violations.length} violations`,
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
}

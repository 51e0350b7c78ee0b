import { basename } from 'node:path';
import ts from 'typescript';
import { isTestFile, readSource, sourceFiles } from './source-files.ts';

const fileLines = 300;
const functionLines = 50;
const componentLines = 150;
const forbiddenNames = new Set(['utils', 'helpers', 'types', 'common', 'manager', 'util', 'helper', 'misc']);
/** Names that a tool prescribes. */
const prescribed = /^(\$[\w.-]*|[\w-]+\.config|i18next\.d|routeTree\.gen|\[[\w-]+\])$/u;

const checkName = (path: string): readonly string[] => {
  const name = basename(path).replace(/\.(ts|tsx|mts|mjs|cjs|js)$/u, '');
  const stem = name.replace(
    /\.(test|int\.test|spec|test-d|module|resolver|store|read-model|controller|guard|property|bench)$/u,
    '',
  );
  if (forbiddenNames.has(stem)) return [`${path}: a file is named for what it exports, not "${stem}"`];
  if (prescribed.test(name) || path.startsWith('.')) return [];
  return /^[a-z0-9]+([-.][a-z0-9]+)*$/u.test(stem) ? [] : [`${path}: file names are kebab-case`];
};

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node);

const longFunctions = (path: string, text: string): readonly string[] => {
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const limit = path.endsWith('.tsx') ? componentLines : functionLines;
  const line = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
  const found: string[] = [];
  /** Lines of the functions inside a node, each counted for itself. */
  const visit = (node: ts.Node): number => {
    let inner = 0;
    ts.forEachChild(node, (child) => {
      inner += visit(child);
    });
    if (!isFunction(node) || node.body === undefined) return inner;
    const length = line(node.body.end) - line(node.body.getStart(file)) + 1;
    const own = length - inner;
    if (own > limit)
      found.push(`${path}:${line(node.getStart(file))}: a function of ${own} lines, the budget is ${limit}`);
    return length > 1 ? length : inner;
  };
  visit(file);
  return found;
};

/** All that a file breaks: its name, its length, the length of its functions (tests may run longer). */
export const checkBudgets = (path: string, text: string): readonly string[] => {
  const lines = text.trimEnd().split('\n').length;
  return [
    ...checkName(path),
    ...(lines > fileLines ? [`${path}: ${lines} lines, the budget is ${fileLines}`] : []),
    ...(isTestFile(path) || path.startsWith('e2e/') ? [] : longFunctions(path, text)),
  ];
};

if (import.meta.main) {
  const files = sourceFiles();
  const violations = files.flatMap((path) => checkBudgets(path, readSource(path)));
  for (const violation of violations) console.error(violation);
  console.log(`budgets: ${files.length} files, ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}

import { existsSync } from 'node:fs';
import { withCheckoutLock } from './checkout-lock.mjs';
import { staleFiles } from './generated-files.mjs';
import { inRoot, pinnedNode, toolPath } from './paths.mjs';
import { runCommand } from './run-command.mjs';

const quiet = { step: (_name, work) => work(), print: () => {} };

const command =
  (program, ...args) =>
  async () => {
    const path = program === 'node' ? pinnedNode() : program;
    const result = await runCommand(path, args, {
      env: { ...process.env, PATH: toolPath(), NODE_NO_WARNINGS: '1' },
    });
    return { isGood: result.code === 0, output: result.output };
  };

const generated = async () => {
  const stale = await withCheckoutLock(() => staleFiles(quiet));
  return {
    isGood: stale.length === 0,
    output: stale.map((file) => `${file} was out of date; it is generated anew: commit it`).join('\n'),
  };
};

const types = (name, config) => ({
  name: `types: ${name}`,
  run: command('tsc', '--noEmit', '--pretty', 'false', '-p', config),
  needs: config,
});

/** The static checks of the house, each one test of `npm test`. The first stands alone: the others read what it writes. */
export const checkTable = [
  { name: 'generated files are up to date', run: generated, isFirst: true },
  types('libs and apps', 'tsconfig.node.json'),
  types('pure libs know no Node', 'tsconfig.pure.json'),
  types('control plane', 'apps/control-plane/tsconfig.json'),
  types('console', 'apps/console/tsconfig.json'),
  {
    name: 'format and lint',
    run: command('biome', 'check', '--error-on-warnings', '--max-diagnostics=60', '.'),
  },
  { name: 'layers', run: command('node', 'tools/layers.ts') },
  { name: 'boundaries', run: command('node', 'tools/boundaries.ts') },
  { name: 'dead code', run: command('knip', '--no-progress') },
  { name: 'budgets', run: command('node', 'tools/budgets.ts') },
  {
    name: 'detection figures',
    run: command('node', 'tools/detection/check-detection.ts'),
    needs: 'libs/detection/model/expected-redteam.json',
  },
];

const parallel = 2;

const runOne = async (row, progress) => {
  const since = performance.now();
  const result = await row
    .run()
    .catch((error) => ({ isGood: false, output: `${error.message}\n${error.advice ?? ''}` }));
  const took = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  progress.print(`  ${result.isGood ? '✓' : '✗'} ${row.name.padEnd(58)} ${took.padStart(8)}`);
  return { name: row.name, ...result };
};

/** Runs all checks, two at a time; a check whose subject is missing fails, it is never left out. */
export const runChecks = async (progress) => {
  const rows = checkTable.map((row) =>
    row.needs === undefined || existsSync(inRoot(row.needs))
      ? row
      : { ...row, run: async () => ({ isGood: false, output: `${row.needs} is missing` }) },
  );
  const results = [];
  for (const row of rows.filter(({ isFirst }) => isFirst)) results.push(await runOne(row, progress));
  const rest = rows.filter(({ isFirst }) => !isFirst);
  const work = async () => {
    for (let row = rest.shift(); row !== undefined; row = rest.shift())
      results.push(await runOne(row, progress));
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return results;
};

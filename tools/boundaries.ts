import { spawnSync } from 'node:child_process';
import { root, sourceFiles } from './source-files.ts';

interface CruiseResult {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

const groups = ['apps', 'libs', 'e2e', 'tools'];

/** Every module that dependency-cruiser saw, and what broke a rule. A cruise of too few modules is a failure of its own. */
const cruise = (): CruiseResult => {
  const run = spawnSync(
    'depcruise',
    [...groups, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  if (!run.stdout?.startsWith('{'))
    throw new Error(`dependency-cruiser failed: ${run.stderr || run.error?.message}`);
  return JSON.parse(run.stdout) as CruiseResult;
};

const { modules, summary } = cruise();
const cruised = new Set(modules.map(({ source }) => source));
const expected = sourceFiles(groups);
const unseen = expected.filter((path) => !cruised.has(path));
for (const { from, to, rule, cycle } of summary.violations)
  console.error(`${rule.name}: ${from} → ${cycle?.map(({ name }) => name).join(' → ') ?? to}`);
for (const path of unseen) console.error(`not-cruised: ${path} was not seen, so no rule was checked for it`);
console.log(
  `boundaries: ${expected.length} files, ${cruised.size} modules cruised, ${summary.violations.length} violations`,
);
process.exitCode = summary.violations.length === 0 && unseen.length === 0 ? 0 : 1;

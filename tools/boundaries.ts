import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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

/** What a cruise found: the modules it saw, and one line per broken rule. */
interface Cruise {
  readonly seen: ReadonlySet<string>;
  readonly violations: readonly string[];
}

/** Cruises the folders of a checkout with the rules of this one. */
export const cruise = (folder: string, groups: readonly string[]): Cruise => {
  const program = join(root, 'node_modules', '.bin', 'depcruise');
  const config = join(root, '.dependency-cruiser.cjs');
  const run = spawnSync(program, [...groups, '--config', config, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!run.stdout?.startsWith('{'))
    throw new Error(`dependency-cruiser failed: ${run.stderr || run.error?.message}`);
  const { modules, summary } = JSON.parse(run.stdout) as CruiseResult;
  return {
    seen: new Set(modules.map(({ source }) => source)),
    violations: summary.violations.map(
      ({ from, to, rule, cycle }) =>
        `${rule.name}: ${from} → ${cycle?.map(({ name }) => name).join(' → ') ?? to}`,
    ),
  };
};

/** A file the cruise did not see was not checked: that is a failure of its own. */
export const unseenBy = ({ seen }: Cruise, files: readonly string[]): readonly string[] =>
  files.filter((path) => !seen.has(path)).map((path) => `not-cruised: ${path}`);

if (import.meta.main) {
  const groups = ['apps', 'libs', 'e2e', 'tools'];
  const files = sourceFiles(groups);
  const result = cruise(root, groups);
  const faults = [...result.violations, ...unseenBy(result, files)];
  for (const fault of faults) console.error(fault);
  console.log(
    `boundaries: ${files.length} files, ${result.seen.size} modules cruised, ${faults.length} faults`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

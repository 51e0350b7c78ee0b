import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';

/** The revisions that the official suite is run at, each with its own wire. */
export type Revision = '2025-11-25' | '2026-07-28';

/** One check of a scenario that did not pass. */
export interface Finding {
  readonly id: string;
  readonly status: 'FAILURE' | 'WARNING';
  readonly text: string;
}

export interface ScenarioResult {
  readonly name: string;
  /** Whether it counts for the revision. */
  readonly isScored: boolean;
  readonly findings: readonly Finding[];
}

/** A scenario passes when none of its checks failed; a warning is a SHOULD that was not done. */
export const hasPassed = ({ findings }: ScenarioResult): boolean =>
  findings.every(({ status }) => status !== 'FAILURE');

const packageFolder = dirname(
  createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json'),
);
const runLimitMs = 300_000;
const run = promisify(execFile);

interface Requirements {
  readonly server: readonly string[];
  readonly not_scored: readonly { readonly scenario: string; readonly leg: string }[];
}

/** The scenarios that the suite's own file requires of a server of this revision. */
export function scoredScenarios(revision: Revision): readonly string[] {
  const file = join(packageFolder, 'requirements', `${revision}.yaml`);
  return (parse(readFileSync(file, 'utf8')) as Requirements).server;
}

/** Runs the official suite against a server; every scenario of the revision, or one. */
export async function runSuite(
  url: string,
  revision: Revision,
  scenario?: string,
): Promise<readonly ScenarioResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-conformance-'));
  const what = scenario
    ? ['--scenario', scenario, '--spec-version', revision, '--force']
    : ['--requirements', revision];
  try {
    const args = [join(packageFolder, 'dist/index.js'), 'server', '--url', url, ...what, '-o', folder];
    const output = await run(process.execPath, args, {
      timeout: runLimitMs,
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: Error & { stdout?: string; stderr?: string }) => ({
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? error.message,
    }));
    const results = readResults(folder, new Set(scoredScenarios(revision)));
    if (results.length === 0)
      throw new Error(
        `the suite left no results:\n${output.stdout.slice(-2000)}\n${output.stderr.slice(-2000)}`,
      );
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface RawCheck {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly description: string;
  readonly errorMessage?: string;
}

function readResults(folder: string, scored: ReadonlySet<string>): readonly ScenarioResult[] {
  const results = readdirSync(folder).flatMap((entry): ScenarioResult[] => {
    const name = /^server-(.+)-\d{4}-\d{2}-\d{2}T[\d-]+Z$/.exec(entry)?.[1];
    if (name === undefined) return [];
    const checks = JSON.parse(readFileSync(join(folder, entry, 'checks.json'), 'utf8')) as RawCheck[];
    const findings = checks.flatMap((check): Finding[] => {
      if (check.status !== 'FAILURE' && check.status !== 'WARNING') return [];
      return [
        {
          id: check.id,
          status: check.status,
          text: `${check.name}: ${check.errorMessage ?? check.description}`,
        },
      ];
    });
    return [{ name, isScored: scored.has(name), findings }];
  });
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

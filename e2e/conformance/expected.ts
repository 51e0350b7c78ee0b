import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { hasPassed, type Revision, type ScenarioResult, scoredScenarios } from './run-suite.ts';

/** Client and upstream of a run; `direct` runs have no gateway between them. */
export interface Pair {
  readonly client: Revision;
  readonly upstream: Revision;
}

interface ScoredEntry {
  readonly scenario: string;
  readonly check: readonly string[];
  readonly because: string;
  readonly quotes: readonly { readonly source: string; readonly text: string }[];
}

interface UnscoredEntry extends Omit<ScoredEntry, 'scenario' | 'check'> {
  readonly scenarios: readonly string[];
}

interface ExpectedPair extends Pair {
  readonly scored: readonly ScoredEntry[];
  readonly unscored: readonly UnscoredEntry[];
}

/** What became of one pair. */
export interface Verdict {
  readonly pair: Pair;
  readonly passed: number;
  readonly total: number;
  /** Results that differ from what was expected, in words; empty means well. */
  readonly faults: readonly string[];
}

const readExpected = (): readonly ExpectedPair[] =>
  (parse(readFileSync(new URL('expected.yml', import.meta.url), 'utf8')) as { pairs: ExpectedPair[] }).pairs;

/** The failing checks that a pair may have, by scenario; an empty set means any check of an unscored scenario. */
function expectedFailures(pair: Pair): ReadonlyMap<string, ReadonlySet<string>> {
  const entry = readExpected().find(
    ({ client, upstream }) => client === pair.client && upstream === pair.upstream,
  );
  return new Map([
    ...(entry?.scored ?? []).map(({ scenario, check }) => [scenario, new Set(check)] as const),
    ...(entry?.unscored ?? []).flatMap(({ scenarios }) =>
      scenarios.map((scenario) => [scenario, new Set<string>()] as const),
    ),
  ]);
}

/** Compares results with what is expected of the pair; `isWhole` says whether the whole suite ran. */
export function judge(pair: Pair, results: readonly ScenarioResult[], isWhole: boolean): Verdict {
  const expected = expectedFailures(pair);
  const faults = results.flatMap((result) => faultsOf(result, expected.get(result.name)));
  const ran = new Set(results.map(({ name }) => name));
  const missing = isWhole ? scoredScenarios(pair.client).filter((name) => !ran.has(name)) : [];
  const scored = results.filter(({ isScored }) => isScored);
  return {
    pair,
    passed: scored.filter(hasPassed).length,
    total: isWhole ? scoredScenarios(pair.client).length : scored.length,
    faults: [...faults, ...missing.map((name) => `${name} did not run`)],
  };
}

function faultsOf(result: ScenarioResult, mayFail: ReadonlySet<string> | undefined): readonly string[] {
  const failed = result.findings.filter(({ status }) => status === 'FAILURE');
  if (mayFail === undefined) return failed.map(({ id, text }) => `${result.name} failed: ${id}: ${text}`);
  if (failed.length === 0) return [`${result.name} passed, and expected.yml says that it cannot`];
  return failed
    .filter(({ id }) => mayFail.size > 0 && !mayFail.has(id))
    .map(({ id, text }) => `${result.name} failed otherwise than expected: ${id}: ${text}`);
}

import type { Pair, Verdict } from './expected.ts';
import { hasPassed, type ScenarioResult } from './run-suite.ts';

export type Print = (line: string) => void;

/** One line of the table: a pair through the gateway, with the same client on the bare fixture beside it. */
export interface Row {
  readonly verdict: Verdict | undefined;
  readonly pair: Pair;
  readonly results: readonly ScenarioResult[];
  readonly direct: readonly ScenarioResult[] | undefined;
}

const count = (results: readonly ScenarioResult[], isScored: boolean): string => {
  const some = results.filter((result) => result.isScored === isScored);
  return `${some.filter(hasPassed).length}/${some.length}`;
};

const columns = [12, 12, 10, 10, 10, 10] as const;
const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(columns[at] ?? 0)).join('  ');

/** Prints the table of all pairs: scored and unscored scenarios, through the gateway and direct. */
export function printTable(rows: readonly Row[], print: Print): void {
  print('');
  print(line(['client', 'upstream', 'gateway', 'direct', 'unscored', 'direct']));
  for (const { pair, verdict, results, direct } of rows) {
    print(
      line([
        pair.client,
        pair.upstream,
        verdict ? `${verdict.passed}/${verdict.total}` : '-',
        direct ? count(direct, true) : 'none',
        verdict ? count(results, false) : '-',
        direct ? count(direct, false) : 'none',
      ]),
    );
  }
}

/** Prints every check that failed or warned, and what of it was not expected. */
export function printFindings(title: string, results: readonly ScenarioResult[], print: Print): void {
  for (const { name, findings } of results) {
    for (const { id, status, text } of findings)
      print(`  ${status === 'FAILURE' ? '✗' : '!'} ${title} · ${name} · ${id}\n      ${text.slice(0, 1500)}`);
  }
}

/** The last line of a run. */
export const summary = (rows: readonly Row[]): string =>
  JSON.stringify({
    pairs: rows.flatMap(({ verdict }) =>
      verdict ? [{ ...verdict.pair, passed: verdict.passed, total: verdict.total }] : [],
    ),
  });

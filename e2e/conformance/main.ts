import { parseArgs } from 'node:util';
import { allPairs, type Choice, faultsOf, pairName, runConformance } from './conformance.ts';
import { printTable, summary } from './report.ts';

const usage = `npm run conformance -- [--pair CLIENT:UPSTREAM] [--scenario NAME] [--direct]
  --pair      one pair of revisions, such as 2026-07-28:2025-11-25; may be given more than once
  --scenario  one scenario of the official suite
  --direct    only the fixtures, without the gateway`;

function readChoice(): Choice {
  const { values } = parseArgs({
    options: {
      pair: { type: 'string', multiple: true },
      scenario: { type: 'string' },
      direct: { type: 'boolean', default: false },
    },
  });
  const named = values.pair?.map((text) => {
    const pair = allPairs.find(({ client, upstream }) => `${client}:${upstream}` === text);
    if (pair === undefined) throw new Error(`there is no pair ${text}`);
    return pair;
  });
  return { pairs: named ?? allPairs, scenario: values.scenario, isDirectOnly: values.direct };
}

const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const rows = await runConformance(readChoice(), print);
  printTable(rows, print);
  for (const row of rows)
    for (const fault of faultsOf(row)) {
      print(`✗ ${pairName(row.pair)}: ${fault.slice(0, 500)}`);
      process.exitCode = 1;
    }
  print(summary(rows));
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  print(usage);
  process.exitCode = 1;
}

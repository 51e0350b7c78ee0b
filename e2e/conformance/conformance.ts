import { judge, type Pair } from './expected.ts';
import { type Fixtures, type GatewayGround, startFixtures, startGatewayGround } from './gateway-ground.ts';
import { startKeyProxy } from './key-proxy.ts';
import { type Print, printFindings, type Row } from './report.ts';
import { runSuite } from './run-suite.ts';

/** All pairs of eras; those of one era first. */
export const allPairs: readonly Pair[] = [
  { client: '2025-11-25', upstream: '2025-11-25' },
  { client: '2026-07-28', upstream: '2026-07-28' },
  { client: '2026-07-28', upstream: '2025-11-25' },
  { client: '2025-11-25', upstream: '2026-07-28' },
];

/** What to run; everything where nothing is said. */
export interface Choice {
  readonly pairs: readonly Pair[];
  readonly scenario: string | undefined;
  /** Only the fixtures themselves, without an installation. */
  readonly isDirectOnly: boolean;
}

export const pairName = ({ client, upstream }: Pair): string => `${client} on ${upstream}`;

/** Runs the official suite for every chosen pair, through the gateway and direct; rows in the order of the pairs. */
export async function runConformance(choice: Choice, print: Print): Promise<readonly Row[]> {
  const fixtures = await startFixtures();
  let ground: GatewayGround | undefined;
  try {
    if (!choice.isDirectOnly) ground = await startGatewayGround(fixtures);
    const rows: Row[] = [];
    for (const pair of choice.pairs) rows.push(await runPair(pair, choice, fixtures, ground, print));
    return rows;
  } finally {
    await ground?.close();
    await fixtures.close();
  }
}

async function runPair(
  pair: Pair,
  { scenario }: Choice,
  fixtures: Fixtures,
  ground: GatewayGround | undefined,
  print: Print,
): Promise<Row> {
  print(`━━ client ${pair.client}, upstream ${pair.upstream}`);
  // The older fixture speaks nothing newer than its revision: there is no such run without a gateway.
  const isImpossible = pair.client > pair.upstream;
  const direct = isImpossible
    ? undefined
    : await runSuite(fixtures[pair.upstream].url, pair.client, scenario);
  if (direct) printFindings('direct', direct, print);
  if (!ground) return { pair, direct, results: [], verdict: undefined };
  const { url, key } = ground.endpoints[pair.upstream];
  const door = await startKeyProxy(url, key);
  try {
    const results = await runSuite(door.url, pair.client, scenario);
    printFindings('gateway', results, print);
    return { pair, direct, results, verdict: judge(pair, results, scenario === undefined) };
  } finally {
    await door.close();
  }
}

/** What went otherwise than it must: through the gateway by `expected.yml`, and on the fixtures any failure at all. */
export const faultsOf = (row: Row): readonly string[] => [
  ...(row.verdict?.faults ?? []),
  ...judge({ client: row.pair.client, upstream: row.pair.client }, row.direct ?? [], false).faults.map(
    (fault) => `direct: ${fault}`,
  ),
];

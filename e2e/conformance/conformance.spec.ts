import { beforeAll, describe, expect, it } from 'vitest';
import { allPairs, faultsOf, pairName, runConformance } from './conformance.ts';
import type { Row } from './report.ts';
import { hasPassed } from './run-suite.ts';

/** The official suite through the gateway, both eras on both sides; `npm run conformance` prints the same in detail. */
let rows: readonly Row[] = [];

beforeAll(async () => {
  rows = await runConformance({ pairs: allPairs, scenario: undefined, isDirectOnly: false }, () => {});
}, 600_000);

const numbered = allPairs.map((pair, at) => ({ name: pairName(pair), pair, at }));

describe.each(numbered)('$name', ({ at }) => {
  it('gives what expected.yml says, and the fixture alone gives everything', () => {
    const row = rows[at];
    expect(row && faultsOf(row)).toEqual([]);
  });
});

const sameEra = numbered.filter(({ pair }) => pair.client === pair.upstream);

describe.each(sameEra)('$name', ({ pair, at }) => {
  it('passes every scenario, unscored ones too', () => {
    const failed = rows[at]?.results.filter((result) => !hasPassed(result)).map(({ name }) => name);
    expect(failed).toEqual([]);
    expect(rows[at]?.verdict).toMatchObject({
      passed: pair.client === '2025-11-25' ? 30 : 37,
      total: pair.client === '2025-11-25' ? 30 : 37,
    });
  });
});

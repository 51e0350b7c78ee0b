import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { visibleText } from '@sallyport/detection/src/characters.ts';
import { createDetector } from '@sallyport/detection/src/detector.ts';
import { readModel } from '@sallyport/detection/src/model/model-file.ts';
import { corpusFolder, type RowSurface, readOwnRows, readParts, readSharedRows } from './corpus.ts';
import { wilson } from './measure.ts';
import { modelFile } from './model-paths.ts';
import { type Caught, countBy, recallOfAll, type Tried, tryVariants } from './redteam-run.ts';
import { redteamMaterial } from './redteam-seeds.ts';
import { makeVariants } from './redteam-variants.ts';

const usage = `npm run redteam -- [--seed N] [--per N] [--surface SURFACE] [--corpus DIR]

Writes every class of attack otherwise in every way it knows, runs the variants through the detector that ships, and
says what got through. The attacks are those of our own rows and parts; many of them were trained on as they stand, so
the plain column flatters and the others tell. The last line is one JSON object.
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    per: { type: 'string', default: '4' },
    surface: { type: 'string' },
    corpus: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const print = (text: string): void => console.log(text);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function table(title: string, counts: ReadonlyMap<string, Caught>): void {
  print(`\n| ${title} | tried | caught | recall [95 %] |\n| --- | --- | --- | --- |`);
  const sorted = [...counts].sort(([, a], [, b]) => a[0] / a[1] - b[0] / b[1]);
  for (const [name, [caught, of]] of sorted) {
    const [low, high] = wilson(caught, of);
    print(
      `| ${name} | ${of} | ${caught} | ${percent(caught / of)} [${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}] |`,
    );
  }
}

function reportSurface(surface: RowSurface, tried: readonly Tried[]): void {
  const [caught, of] = recallOfAll(tried);
  print(`\n## ${surface}: ${caught} of ${of} caught (${percent(caught / of)})`);
  table(
    'mutation',
    countBy(tried, ({ mutation }) => mutation),
  );
  table(
    'class',
    countBy(tried, ({ category }) => category),
  );
  const byMutation = countBy(tried, ({ mutation }) => mutation);
  const isWeakAsAWhole = (mutation: string): boolean => {
    const [hits, all] = byMutation.get(mutation) ?? [0, 1];
    return hits * 2 < all;
  };
  const rest = tried.filter(({ variant }) => !isWeakAsAWhole(variant.mutation));
  const cells = [...countBy(rest, ({ category, mutation }) => `${category} × ${mutation}`)]
    .filter(([, [hits, all]]) => hits * 2 < all)
    .map(([name, [hits, all]]) => `${name} ${hits}/${all}`);
  if (cells.length > 0)
    print(`\nCaught in less than half, of mutations that are caught elsewhere: ${cells.join(' · ')}`);
}

function reportWorst(tried: readonly Tried[]): void {
  print('\n## What got through, the surest first\n');
  const missed = tried
    .filter(({ isCaught, variant }) => !isCaught && !['rot13', 'reversed'].includes(variant.mutation))
    .sort((a, b) => a.score - b.score);
  const perClass = new Map<string, number>();
  let shown = 0;
  for (const { variant, score } of missed) {
    const key = `${variant.surface} ${variant.category}`;
    const before = perClass.get(key) ?? 0;
    if (before >= 2 || shown >= 40) continue;
    perClass.set(key, before + 1);
    shown += 1;
    print(
      `- ${key} × ${variant.mutation} (${score.toFixed(3)}): ${visibleText(variant.attack.slice(0, 160))}`,
    );
  }
}

function main(): void {
  if (values.help) {
    print(usage);
    return;
  }
  const seed = Number(values.seed);
  const per = Number(values.per);
  if (!Number.isInteger(seed) || !Number.isInteger(per) || per < 1) throw new RangeError(usage);
  const corpus = corpusFolder(process.argv);
  const rows = [...readOwnRows(), ...(corpus === undefined ? [] : readSharedRows(corpus))];
  const material = redteamMaterial(rows, readParts('attacks'));
  const wanted = material.classes.filter(({ surface }) => (values.surface ?? surface) === surface);
  const variants = makeVariants({ ...material, classes: wanted }, { seed, per });
  print(`${wanted.length} classes, ${variants.length} variants, seed ${seed}`);
  const tried = tryVariants(createDetector({ model: readModel(readFileSync(modelFile)) }), variants);
  const surfaces = [...new Set(wanted.map(({ surface }) => surface))];
  const of = (surface: RowSurface): readonly Tried[] =>
    tried.filter(({ variant }) => variant.surface === surface);
  for (const surface of surfaces) reportSurface(surface, of(surface));
  reportWorst(tried);
  const all = recallOfAll(tried);
  print(
    `\nAll: ${all[0]} of ${all[1]} caught (${percent(all[0] / all[1])}); ${all[1] - all[0]} got through.\n`,
  );
  print(
    JSON.stringify({
      seed,
      per,
      all,
      surfaces: Object.fromEntries(surfaces.map((one) => [one, summary(of(one))])),
    }),
  );
}

function summary(tried: readonly Tried[]) {
  return {
    all: recallOfAll(tried),
    byMutation: Object.fromEntries(countBy(tried, ({ mutation }) => mutation)),
    byClass: Object.fromEntries(countBy(tried, ({ category }) => category)),
    cells: Object.fromEntries(countBy(tried, ({ category, mutation }) => `${category} ${mutation}`)),
  };
}

main();

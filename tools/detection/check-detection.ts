import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactionRows } from '@sallyport/detection/corpus/redaction-rows.ts';
import { createDetector } from '@sallyport/detection/src/detector.ts';
import { readModel } from '@sallyport/detection/src/model/model-file.ts';
import { evalRedaction } from '@sallyport/detection/src/redact/eval-redaction.ts';
import { findRegressions, keptOutFigures } from './check-figures.ts';
import { ownFolder, readOwnRows, readParts } from './corpus.ts';
import type { SurfaceFigures } from './figures.ts';
import { expectedFile, modelFile } from './model-paths.ts';
import { countBy, recallOfAll, tryVariants } from './redteam-run.ts';
import { redteamMaterial } from './redteam-seeds.ts';
import { makeVariants } from './redteam-variants.ts';

/** A share, and how many stand behind it. */
interface Figure {
  readonly value: number;
  readonly better: 'more' | 'less';
  readonly of: number;
}

type Figures = Readonly<Record<string, Figure>>;

const expectedHere = join(expectedFile, '../expected-redteam.json');

/** Figures are exact, nothing here is measured by a clock: the room is for small changes that are meant. */
const tolerance = 0.01;

const share = (hits: number, of: number, better: Figure['better'] = 'more'): Figure => ({
  value: Math.round((hits / Math.max(1, of)) * 10_000) / 10_000,
  better,
  of,
});

/** Own rows with values made from a seed: what of them is found, and what is touched that should not be. */
function redaction(): Figures {
  const file = (name: string): string => readFileSync(join(ownFolder, 'redaction', name), 'utf8');
  const files = { templates: file('templates.txt'), clean: file('clean.txt') };
  const { all, withoutNames, clean } = evalRedaction(redactionRows(files, { seed: 77, times: 4 }));
  return {
    'redaction, recall': share(all.covered, all.total),
    'redaction, recall without names': share(withoutNames.covered, withoutNames.total),
    'redaction, clean texts touched': share(clean.touched, clean.rows, 'less'),
  };
}

/** One variant of each class of attack in each mutation. */
function redteam(): Figures {
  const material = redteamMaterial(readOwnRows(), readParts('attacks'));
  const detector = createDetector({ model: readModel(readFileSync(modelFile)) });
  const tried = tryVariants(detector, makeVariants(material, { seed: 20261121, per: 1 }));
  const bySurface = [...countBy(tried, ({ surface }) => surface)];
  return {
    'red team, recall': share(...recallOfAll(tried)),
    ...Object.fromEntries(
      bySurface.map(([surface, [hits, of]]) => [`red team, recall, ${surface}`, share(hits, of)]),
    ),
  };
}

/** What is worse than was committed, one line each. */
export function worseThan(expected: Figures, now: Figures): readonly string[] {
  return Object.entries(expected).flatMap(([name, { value, better }]) => {
    const found = now[name];
    if (found === undefined) return [`${name}: was ${value}, is no longer measured`];
    const loss = better === 'more' ? value - found.value : found.value - value;
    return loss > tolerance ? [`${name}: was ${value}, is ${found.value} (of ${found.of})`] : [];
  });
}

function readExpected<T>(file: string): T {
  if (!existsSync(file))
    throw new Error(`${file} is missing: node tools/detection/check-detection.ts --write`);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function main(): void {
  const keptOut = keptOutFigures();
  const further: Figures = { ...redaction(), ...redteam() };
  if (process.argv.includes('--write')) {
    writeFileSync(expectedFile, `${JSON.stringify(keptOut, null, 1)}\n`);
    writeFileSync(expectedHere, `${JSON.stringify(further, null, 1)}\n`);
  }
  const worse = [
    ...findRegressions(readExpected<SurfaceFigures>(expectedFile), keptOut),
    ...worseThan(readExpected<Figures>(expectedHere), further),
  ];
  for (const line of worse) console.log(line);
  if (worse.length > 0)
    console.log(
      'If that is meant: node tools/detection/check-detection.ts --write, and say why in the commit.',
    );
  for (const [name, { value, of }] of Object.entries(further)) console.log(`${name}: ${value} of ${of}`);
  process.exitCode = worse.length === 0 ? 0 : 1;
}

if (import.meta.main) main();

import { denseNames } from '@sallyport/detection/src/model/dense-names.ts';
import type { Examples } from './examples.ts';
import { figuresBySurface, tableOf } from './figures.ts';
import { unseenProtocol } from './protocols.ts';
import { type ModelOptions, modelOptions } from './train-model.ts';
import { withoutNormalisation } from './without-normalisation.ts';

/** What is left when a part is taken away; trained on own rows, scored on the shared ones. */
export function runAblations(examples: Examples, print: (text: string) => void): Record<string, unknown> {
  const width = Math.max(...examples.own.map((example) => example.width));
  const mask = (isOff: (column: number) => boolean): Uint8Array =>
    Uint8Array.from({ length: width }, (_, j) => (isOff(j) ? 1 : 0));
  const network = (change: Partial<ModelOptions['network']>): ModelOptions => ({
    ...modelOptions,
    network: { ...modelOptions.network, ...change },
    folds: 2,
  });
  const variants: readonly (readonly [string, Examples, ModelOptions])[] = [
    ['everything', examples, network({})],
    ['without rules', examples, { ...network({}), useRules: false }],
    ['without structure', examples, network({ mask: mask((j) => j < denseNames.length) })],
    ['without n-grams', examples, network({ useSparse: false })],
    ['without model (rules only)', examples, network({ useSparse: false, mask: mask(() => true) })],
    ['without generated rows', { ...examples, made: [] }, network({})],
    ['without normalisation', withoutNormalisation(examples), network({})],
  ];
  const out: Record<string, unknown> = {};
  for (const [name, rows, options] of variants) {
    const figures = figuresBySurface(unseenProtocol(rows, options).unseen, 'core');
    print(`### ${name}\n\n${tableOf(figures)}\n`);
    out[name] = figures;
  }
  return out;
}

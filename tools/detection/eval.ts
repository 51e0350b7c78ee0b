import { readFileSync, writeFileSync } from 'node:fs';
import { createDetector } from '@sallyport/detection/src/detector.ts';
import { readModel } from '@sallyport/detection/src/model/model-file.ts';
import { runAblations } from './ablation.ts';
import { corpusFolder, readOwnRows } from './corpus.ts';
import { loadExamples } from './examples.ts';
import { falsePositivesOf, figuresBySurface, recallOf, type Scored, tableOf } from './figures.ts';
import { measureLatency } from './latency.ts';
import { cardFile, modelFile } from './model-paths.ts';
import { crossProtocol, shippedProtocol, unseenProtocol } from './protocols.ts';
import { createRandom } from './random.ts';
import { redactionFigures, redactionTable } from './redaction-figures.ts';

const startedAt = performance.now();
const print = (text: string): void => console.log(text);
const heading = (text: string): void =>
  print(`\n## ${text} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)\n`);

function both(scored: readonly Scored[]) {
  return { core: figuresBySurface(scored, 'core'), all: figuresBySurface(scored, 'all') };
}

function show(title: string, scored: readonly Scored[]): ReturnType<typeof both> {
  const figures = both(scored);
  heading(`${title}, core rows`);
  print(tableOf(figures.core));
  heading(`${title}, all rows`);
  print(tableOf(figures.all));
  return figures;
}

const folds = 5;
const quick = process.argv.includes('--quick');
const corpus = corpusFolder(process.argv);
const examples = loadExamples(corpus);
print(`${examples.own.length} own rows, ${examples.made.length} made, ${examples.shared.length} shared`);

const { model, unseen, heldOut } = unseenProtocol(examples);
const result: Record<string, unknown> = {
  rows: { own: examples.own.length, made: examples.made.length, shared: examples.shared.length },
  ownBySource: show('Own rows, sources held out', heldOut),
};
if (examples.shared.length > 0) {
  result.unseen = show('Trained on own rows only, scored on the shared rows', unseen);
  const context = {
    rugPull: recallOf(unseen, 'rug_pull'),
    shadowing: recallOf(unseen, 'shadowing'),
    lookalike: recallOf(unseen, 'lookalike_server'),
    harmlessUpdate: falsePositivesOf(unseen, 'benign_update'),
    realDefinitions: falsePositivesOf(unseen, 'real_tool'),
    realResults: falsePositivesOf(unseen, 'api_result'),
    realCalls: falsePositivesOf(unseen, 'call_args'),
  };
  heading('With context, and real rows');
  for (const [name, share] of Object.entries(context))
    print(`${name}: ${share.hits} of ${share.of} [${share.low}–${share.high}]`);
  result.context = context;
  if (!quick) {
    result.bySource = show('Shared rows, folds by source, thresholds as shipped', shippedProtocol(examples));
    const random = createRandom(5);
    const dealt = examples.shared.map(() => random.below(folds));
    result.randomFolds = show(
      'Shared rows, random folds (flattering)',
      crossProtocol(examples, model, { foldOf: (_, i) => dealt[i] ?? 0, folds }),
    );
    heading('Ablation');
    result.ablation = runAblations(examples, print);
  }
}
heading('Latency of rules and model');
const detector = createDetector({ model: readModel(readFileSync(modelFile)) });
const latency = measureLatency(detector, readOwnRows());
for (const one of latency)
  print(`${one.kilobytes} KB: p50 ${one.p50Ms} ms, p99 ${one.p99Ms} ms (${one.calls} calls)`);
result.latency = latency;
const redaction = redactionFigures(corpus);
for (const [name, report] of Object.entries(redaction)) {
  heading(`Redaction, ${name} rows`);
  print(redactionTable(report));
}
result.redaction = { ...(redaction.shared ?? redaction.own), own: redaction.own };
if (process.argv.includes('--write')) writeFileSync(cardFile, `${JSON.stringify(result, null, 1)}\n`);
print('');
print(JSON.stringify(result));

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeModel } from '@sallyport/detection/src/model/model-file.ts';
import { corpusFolder } from './corpus.ts';
import { loadExamples } from './examples.ts';
import { isKeptOut } from './fold-of.ts';
import { modelFile } from './model-paths.ts';
import { trainModel } from './train-model.ts';

const startedAt = performance.now();
const say = (text: string): void => {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`);
};

const corpus = corpusFolder(process.argv);
if (corpus === undefined) say('no --corpus DIR: own rows only');
const { own, made, shared } = loadExamples(corpus);
say(`${own.length} own rows, ${made.length} made, ${shared.length} shared`);
const seen = [...own, ...made, ...shared].filter(({ group }) => !isKeptOut(group));
say(`${own.length + made.length + shared.length - seen.length} of them kept out, for the check`);
const { model } = trainModel(seen);
const bytes = writeModel(model);
mkdirSync(dirname(modelFile), { recursive: true });
writeFileSync(modelFile, bytes);
say(`wrote ${modelFile.split('/').slice(-4).join('/')}: ${(bytes.length / 1024 / 1024).toFixed(2)} MB`);

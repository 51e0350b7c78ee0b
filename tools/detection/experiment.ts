import { readFileSync } from 'node:fs';
import { createEmbedding, type Embedding } from '../../libs/detection/src/model/embedding.ts';
import { corpusFolder, readOwnRows, readParts, readSharedRows } from './corpus.ts';
import { generateRows } from './generate.ts';
import { type Example, toExample, denseWidth } from './dataset.ts';
import { rocAuc, recallAt } from './measure.ts';
import { applyNetwork, trainNetwork, type TrainingSet, usualOptions, type TrainingOptions } from './train-network.ts';

function readEmbedding(file: string): Embedding {
  const bytes = readFileSync(file);
  const count = bytes.readUInt32LE(0), dimensions = bytes.readUInt32LE(4), scale = bytes.readFloatLE(8);
  const hashes = new Int32Array(bytes.buffer.slice(bytes.byteOffset + 12, bytes.byteOffset + 12 + count * 4));
  const vectors = new Int8Array(bytes.buffer.slice(bytes.byteOffset + 12 + count * 4));
  return createEmbedding({ dimensions, scale, hashes, vectors });
}

export function toSet(examples: readonly Example[]): { set: TrainingSet; of: Int32Array } {
  const rows: Float32Array[] = [], sparse: Int32Array[] = [], rowAt: number[] = [], labels: number[] = [], weights: number[] = [], of: number[] = [];
  const bags: number[][] = [];
  examples.forEach((ex, e) => {
    const bag: number[] = [];
    for (let i = 0; i < ex.labels.length; i++) {
      if (ex.labels[i] === -1) bag.push(rows.length);
      rows.push(ex.rows); rowAt.push(i * ex.width); sparse.push(ex.sparse[i]!); labels.push(ex.labels[i]!); of.push(e);
      weights.push(ex.isMalicious ? (ex.labels[i] === 0 ? 0.5 : 3) : 1 / Math.pow(ex.labels.length, 0.25));
    }
    if (bag.length) bags.push(bag);
  });
  return { set: { width: examples[0]!.width, rows, rowAt: Int32Array.from(rowAt), sparse, labels: Int8Array.from(labels), weights: Float32Array.from(weights), bags }, of: Int32Array.from(of) };
}

const t0 = Date.now();
const log = (...a: unknown[]) => console.log(((Date.now() - t0) / 1000).toFixed(1), ...a);
const embedding = readEmbedding('/tmp/model/embeddings.bin');
const own = readOwnRows().filter((r) => r.surface !== 'tool_args').map((r) => toExample(r, embedding));
const own0 = own.slice();
const amounts = JSON.parse(process.env.GEN ?? '{"definitions":1500,"payloads":3000,"prompts":600}');
const made = generateRows({ rows: readOwnRows(), hosts: readParts('hosts'), attacks: readParts('attacks'), decoys: readParts('decoys') }, amounts, 7).map((r) => toExample(r, embedding, true));
own.push(...made);
log('own', own0.length, 'made', made.length, own.length, own.reduce((n, e) => n + e.sparse.length, 0));
const dev = readSharedRows(corpusFolder(process.argv)!).filter((r) => r.surface !== 'tool_args').map((r) => toExample(r, embedding));
log('dev', dev.length, dev.reduce((n, e) => n + e.sparse.length, 0));
for (const s of ['definition', 'result', 'resource', 'prompt']) log(s, 'own mal', own.filter((e) => e.surface === s && e.isMalicious).length, 'ben', own.filter((e) => e.surface === s && !e.isMalicious).length, 'unlabelled', own.filter((e) => e.isMalicious && e.surface === s && e.labels.includes(-1)).length);

function evaluate(train: Example[], test: Example[], options: TrainingOptions, name: string) {
  const a = toSet(train), b = toSet(test);
  const net = trainNetwork(a.set, options);
  const logits = applyNetwork(net, b.set, options);
  const best = new Float32Array(test.length).fill(-99);
  logits.forEach((l, i) => { best[b.of[i]!] = Math.max(best[b.of[i]!]!, l); });
  const out: string[] = [];
  for (const s of ['definition', 'result', 'resource', 'prompt']) {
    const rows = test.map((e, i) => ({ isMalicious: e.isMalicious, score: best[i]!, e })).filter((r) => r.e.surface === s && !r.e.row.ambiguous && r.e.row.category !== 'lookalike_server');
    out.push(`${s} ${rocAuc(rows).toFixed(3)}/${recallAt(rows, 0.01).toFixed(2)}`);
  }
  log(name, out.join('  '));
  return { net, best };
}
export { own, dev, evaluate, log, denseWidth };
if (import.meta.main) {
  const only = (mask: (j: number) => boolean) => Uint8Array.from({ length: own[0]!.width }, (_, j) => (mask(j) ? 1 : 0));
  evaluate(own, dev, usualOptions, 'all');
  evaluate(own, dev, { ...usualOptions, useSparse: false }, 'no ngrams');
  evaluate(own, dev, { ...usualOptions, mask: only((j) => j >= denseWidth) }, 'no embedding');
  evaluate(own, dev, { ...usualOptions, mask: only((j) => j < denseWidth) }, 'no structure');
  evaluate(own, dev, { ...usualOptions, mask: only(() => true) }, 'ngrams only');
}

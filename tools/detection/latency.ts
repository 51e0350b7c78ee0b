import type { Detector } from '@sallyport/detection/src/detector.ts';
import type { Row } from './corpus.ts';
import { createRandom } from './random.ts';

export interface Latency {
  readonly kilobytes: number;
  readonly calls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const sizes = [
  { kilobytes: 1, calls: 2000 },
  { kilobytes: 10, calls: 600 },
  { kilobytes: 100, calls: 200 },
];

/** How long the rules and the model take for payloads of real text, no two the same. */
export function measureLatency(detector: Detector, rows: readonly Row[]): readonly Latency[] {
  const texts = rows.flatMap((row) => (row.text !== undefined && row.surface !== 'prompt' ? [row.text] : []));
  const random = createRandom(3);
  return sizes.map(({ kilobytes, calls }) => {
    const inputs = Array.from({ length: 40 }, () => payloadOf(texts, kilobytes * 1024, random.below));
    for (let i = 0; i < calls / 4; i += 1) detector.judgePayload(inputs[i % inputs.length], 'result');
    const times: number[] = [];
    for (let i = 0; i < calls; i += 1) {
      const input = `${inputs[i % inputs.length]}${i}`;
      const from = performance.now();
      detector.judgePayload(input, 'result');
      times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): number =>
      Math.round((times[Math.floor(times.length * share)] ?? 0) * 1000) / 1000;
    return { kilobytes, calls, p50Ms: at(0.5), p99Ms: at(0.99) };
  });
}

function payloadOf(texts: readonly string[], size: number, below: (limit: number) => number): string {
  let out = '';
  while (out.length < size) out += `${texts[below(texts.length)]}\n\n`;
  return out.slice(0, size);
}

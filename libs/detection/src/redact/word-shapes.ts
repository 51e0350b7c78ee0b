import { codeAt } from '../automaton.ts';
import { matchParts, type TokenPart } from './formats/secret-format.ts';
import type { Candidate } from './found.ts';
import { isPlaceholder, looksRandom } from './looks-random.ts';
import type { SensitiveType } from './sensitive-type.ts';
import { alphabets, inSet } from './units.ts';

/** Secrets without a prefix whose parts have lengths that nothing else has. */
interface WordShape {
  readonly type: SensitiveType;
  readonly detail: string | null;
  /** Length of the first word. */
  readonly first: readonly [min: number, max: number];
  /** Unit right after the first word. */
  readonly sign: number;
  readonly parts: readonly TokenPart[];
}

const run = (set: Uint8Array, min: number, max = min): TokenPart => ({ kind: 'run', set, min, max });
const literal = (text: string): TokenPart => ({ kind: 'literal', text });

const shapes: readonly WordShape[] = [
  {
    type: 'DISCORD_TOKEN',
    detail: null,
    first: [24, 28],
    sign: 0x2e,
    parts: [
      run(alphabets.n, 24, 28),
      literal('.'),
      run(alphabets.d, 6),
      literal('.'),
      run(alphabets.d, 27, 40),
    ],
  },
  {
    type: 'API_KEY',
    detail: 'telegram_bot_token',
    first: [8, 10],
    sign: 0x3a,
    parts: [run(alphabets['#'], 8, 10), literal(':'), run(alphabets.d, 35)],
  },
  {
    type: 'API_KEY',
    detail: 'mailchimp_key',
    first: [32, 32],
    sign: 0x2d,
    parts: [run(alphabets.h, 32), literal('-us'), run(alphabets['#'], 1, 2)],
  },
  {
    type: 'API_KEY',
    detail: 'mailgun_signing_key',
    first: [32, 32],
    sign: 0x2d,
    parts: [run(alphabets.h, 32), literal('-'), run(alphabets.h, 8), literal('-'), run(alphabets.h, 8)],
  },
  {
    type: 'API_KEY',
    detail: 'maxmind_license_key',
    first: [6, 6],
    sign: 0x5f,
    parts: [run(alphabets.n, 6), literal('_'), run(alphabets.n, 29), literal('_mmk')],
  },
];

/** A secret of such a form whose first word stands between `start` and `end`. */
export function wordShapeAt(text: string, start: number, end: number): Candidate | undefined {
  const sign = codeAt(text, end);
  const length = end - start;
  for (const shape of shapes) {
    if (shape.sign !== sign || length < shape.first[0] || length > shape.first[1]) continue;
    const stop = matchParts(text, start, shape.parts);
    if (stop < 0 || inSet(alphabets.n, text, stop) || inSet(alphabets.d, text, start - 1)) continue;
    if (!looksRandom(text, start, stop) || isPlaceholder(text.slice(start, stop))) continue;
    return { start, end: stop, type: shape.type, detail: shape.detail, confidence: 0.9, proof: 4 };
  }
  return undefined;
}

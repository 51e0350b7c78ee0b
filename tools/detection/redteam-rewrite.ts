import { createHash } from 'node:crypto';
import { obfuscate, techniques } from './obfuscate.ts';
import type { Random } from './random.ts';

/** A way to write a text otherwise. */
export type Rewrite = (text: string, random: Random) => string;

const synonyms: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(?:ignore|disregard|forget)\b/giu, ['set aside', 'pay no heed to', 'drop', 'treat as void']],
  [/\b(?:previous|prior|earlier|above)\b/giu, ['former', 'preceding', 'older', 'up to now given']],
  [/\binstructions?\b/giu, ['guidance', 'orders', 'directions', 'brief']],
  [/\b(?:send|email|forward|post)\b/giu, ['pass on', 'hand over', 'transmit', 'deliver']],
  [/\bread\b/giu, ['take a look inside', 'load', 'pick up', 'go through']],
  [/\b(?:delete|remove|erase)\b/giu, ['get rid of', 'wipe', 'clear out']],
  [
    /\b(?:do not|don't|never) (?:tell|mention|inform|show)\b/giu,
    ['keep quiet towards', 'leave out of what you say to'],
  ],
  [/\bthe user\b/giu, ['the person you work for', 'whoever asked', 'the human']],
  [/\b(?:must|have to|need to)\b/giu, ['are expected to', 'will want to', 'should by all means']],
  [/\bbefore\b/giu, ['ahead of', 'prior to']],
  [/\b(?:file|document)\b/giu, ['item', 'record']],
  [/\b(?:immediately|right away|at once)\b/giu, ['without delay', 'as the very next thing']],
  [/\b(?:reveal|print|show|output|repeat)\b/giu, ['write out', 'spell out', 'lay open']],
  [/\b(?:system prompt|initial prompt)\b/giu, ['text you were started with', 'opening brief']],
  [/\b(?:you are now|act as|pretend to be)\b/giu, ['from here on you speak as', 'take the part of']],
];

const low = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const bare = (text: string): string => text.replace(/[.!\s]+$/u, '');

const frames: readonly ((text: string) => string)[] = [
  (text) => `One more item on the list: ${low(text)}`,
  (text) => `It would be appreciated if the following were done: ${low(text)}`,
  (text) => `Whoever handles this next: ${low(text)} Thank you.`,
  (text) => `Could you ${low(bare(text))}?`,
  (text) => `${bare(text)}, as agreed with the team last week.`,
  (text) => `Reminder from the help desk. ${text}`,
  (text) => `Step 3. ${text} Step 4. Carry on as usual.`,
  (text) => `The usual way of working here is to ${low(bare(text))}.`,
];

/** Other words in another frame, by a grammar that no training row was made with. */
function paraphrase(text: string, random: Random): string {
  let changed = text;
  for (const [pattern, words] of synonyms) changed = changed.replace(pattern, () => random.pick(words));
  return random.pick(frames)(changed);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const letters = (text: string, change: (letter: string, code: number) => string): string =>
  Array.from(text, (letter) => change(letter, letter.codePointAt(0) ?? 0)).join('');

const percent = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const rot13 = (text: string): string =>
  text.replace(/[a-z]/giu, (letter) => {
    const from = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - from + 13) % 26) + from);
  });

/** Two inner letters of some words change places: people and models still read them. */
const typos: Rewrite = (text, random) =>
  text.replace(/\p{L}{5,}/gu, (word) => {
    if (random.next() < 0.5) return word;
    const at = 1 + random.below(word.length - 3);
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });

const paddingLine = 'The quarterly figures are listed in the appendix and were checked twice by the office. ';

const further = {
  paraphrase,
  typos,
  html_entities: (text) => letters(text, (_, code) => `&#${code};`),
  percent,
  json_escapes: (text) =>
    letters(text, (letter, code) => (code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : letter)),
  base64_twice: (text) => base64(base64(text)),
  hex_in_base64: (text) => base64(hex(text)),
  percent_in_base64: (text) => base64(percent(text)),
  zero_width_homoglyph: (text, random) =>
    obfuscate(obfuscate(text, 'homoglyph', random), 'zero_width', random),
  soft_hyphen: (text) => text.replace(/(?<=\p{L}{2})(?=\p{L}{2})/gu, '\u00ad'),
  combining: (text) => text.replace(/\p{L}/gu, '$&\u0336'),
  bidi: (text) => `\u202e${Array.from(text).reverse().join('')}\u202c`,
  dotted: (text) => text.replace(/(?<=\p{L})(?=\p{L})/gu, '.'),
  buried: (text, random) => `${paddingLine.repeat(20 + random.below(40))}${text} ${paddingLine.repeat(20)}`,
  markdown: (text) => `> **${text.replace(/ /gu, '** **')}**`,
  code_comment: (text) => `\`\`\`js\n// ${text}\nexport const ready = true;\n\`\`\``,
  rot13: (text) => `rot13: ${rot13(text)}`,
  reversed: (text) => `Read backwards: ${Array.from(text).reverse().join('')}`,
} as const satisfies Readonly<Record<string, Rewrite>>;

const plain: Rewrite = (text) => text;

/** Every way to write a text otherwise, by name; the plain text first. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  plain,
  ...Object.fromEntries(
    techniques.map((technique): [string, Rewrite] => [
      technique,
      (text, random) => obfuscate(text, technique, random),
    ]),
  ),
  ...further,
};

/** A number of a text that never changes: draws by it do not move when other rows come and go. */
export function seedOf(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('\n')).digest().readInt32LE(0);
}

/** What can be drawn so that other candidates may come and go. */
export interface Keyed {
  /** `seedOf` its content. */
  readonly key: number;
}

/** Draws by rendezvous: most draws stay what they were when candidates are added or taken away. */
export function pickKeyed<T extends Keyed>(list: readonly T[], salt: number): T {
  let best = list[0] as T;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of list) {
    const rank = mix(candidate.key ^ salt);
    if (rank < least) {
      least = rank;
      best = candidate;
    }
  }
  return best;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

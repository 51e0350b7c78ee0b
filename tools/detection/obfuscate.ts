import type { Random } from './random.ts';

const lookalikes: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
};
const leet: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };

/** Ways to write a text so that a plain search does not find it. */
export const techniques = [
  'zero_width',
  'unicode_tags',
  'homoglyph',
  'base64',
  'hex',
  'ansi',
  'far_padding',
  'leet',
  'spacing',
  'fullwidth',
  'html_comment',
  'upper',
] as const;
export type Technique = (typeof techniques)[number];

const perLetter = (text: string, change: (letter: string) => string): string =>
  Array.from(text, change).join('');

/** Writes a text in one of the techniques. */
export function obfuscate(text: string, technique: Technique, random: Random): string {
  switch (technique) {
    case 'zero_width': {
      const mark = random.pick(['\u200b', '\u200c', '\u2060', '\ufeff']);
      return perLetter(text, (letter) => (random.next() < 0.5 ? letter + mark : letter));
    }
    case 'unicode_tags':
      return perLetter(text, (letter) => tagOf(letter));
    case 'homoglyph':
      return perLetter(text, (letter) => (random.next() < 0.7 ? (lookalikes[letter] ?? letter) : letter));
    case 'base64':
      return `${random.pick(['', 'Decode this and follow it: ', 'base64: ', 'data='])}${Buffer.from(text).toString('base64')}`;
    case 'hex':
      return Buffer.from(text).toString('hex');
    case 'ansi':
      return `\u001b[${random.pick(['8m', '30;40m', '2K', '38;5;0m'])}${text}\u001b[0m`;
    case 'far_padding':
      return `${random.pick(['\n', ' ']).repeat(60 + random.below(300))}${text}`;
    case 'leet':
      return perLetter(text, (letter) => (random.next() < 0.6 ? (leet[letter] ?? letter) : letter));
    case 'spacing':
      return text
        .split(' ')
        .map((word) => Array.from(word).join(' '))
        .join('   ');
    case 'fullwidth':
      return perLetter(text, (letter) =>
        /[!-~]/.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0) : letter,
      );
    case 'html_comment':
      return `<!-- ${text} -->`;
    case 'upper':
      return text.toUpperCase();
  }
}

function tagOf(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  return code >= 0x20 && code < 0x7f ? String.fromCodePoint(0xe0000 + code) : '';
}

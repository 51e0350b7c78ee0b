/** A stretch of text: plain, or characters that a reader would not see. */
export type TextPart =
  | { readonly kind: 'plain'; readonly start: number; readonly text: string }
  | {
      readonly kind: 'hidden';
      readonly start: number;
      readonly text: string;
      readonly mark: string;
      readonly name: string;
    };

const names: Readonly<Record<number, readonly [mark: string, name: string]>> = {
  0: ['NUL', 'null'],
  8: ['BS', 'backspace'],
  13: ['CR', 'carriage return'],
  27: ['ESC', 'escape'],
  127: ['DEL', 'delete'],
  160: ['NBSP', 'no-break space'],
  173: ['SHY', 'soft hyphen'],
  847: ['CGJ', 'combining grapheme joiner'],
  1564: ['ALM', 'Arabic letter mark'],
  8203: ['ZWSP', 'zero width space'],
  8204: ['ZWNJ', 'zero width non-joiner'],
  8205: ['ZWJ', 'zero width joiner'],
  8206: ['LRM', 'left-to-right mark'],
  8207: ['RLM', 'right-to-left mark'],
  8232: ['LS', 'line separator'],
  8233: ['PS', 'paragraph separator'],
  8234: ['LRE', 'left-to-right embedding'],
  8235: ['RLE', 'right-to-left embedding'],
  8236: ['PDF', 'pop directional formatting'],
  8237: ['LRO', 'left-to-right override'],
  8238: ['RLO', 'right-to-left override'],
  8288: ['WJ', 'word joiner'],
  8294: ['LRI', 'left-to-right isolate'],
  8295: ['RLI', 'right-to-left isolate'],
  8296: ['FSI', 'first strong isolate'],
  8297: ['PDI', 'pop directional isolate'],
  65279: ['BOM', 'zero width no-break space'],
};

/** Every character that changes or hides text without showing itself; tab and line feed are ordinary. */
const source =
  '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}\\p{Cs}]';
const hiddenPattern = new RegExp(source, 'u');
const hiddenRun = new RegExp(`${source}+`, 'gu');
const emojiGlue = /^\p{Extended_Pictographic}$/u;

/** The same characters as one pattern, for editors that draw their own marks. */
export const hiddenCharacterPattern = new RegExp(source, 'gu');

/** Whether the text holds a character that a reader would not see. */
export function hasHiddenCharacters(text: string): boolean {
  return hiddenPattern.test(text);
}

/** Names one hidden character: a short mark to draw and words for the tooltip. */
export function nameHiddenCharacter(code: number): { readonly mark: string; readonly name: string } {
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const known = names[code];
  if (known !== undefined) return { mark: known[0], name: `${hex} ${known[1]}` };
  if (code >= 0xe0020 && code <= 0xe007e) {
    return { mark: String.fromCharCode(code - 0xe0000), name: `${hex} tag character` };
  }
  if (code >= 0xfe00 && code <= 0xfe0f)
    return { mark: `VS${code - 0xfdff}`, name: `${hex} variation selector` };
  return { mark: hex, name: hex };
}

function isEmojiGlue(text: string, start: number, run: string): boolean {
  if (run !== '\uFE0F' && run !== '\u200D' && run !== '\uFE0F\u200D') return false;
  const before = [...text.slice(Math.max(0, start - 2), start)].at(-1) ?? '';
  return emojiGlue.test(before);
}

function describeRun(run: string): { readonly mark: string; readonly name: string } {
  const codes = [...run].map((character) => character.codePointAt(0) ?? 0);
  const isTagText = codes.length > 1 && codes.every((code) => code >= 0xe0001 && code <= 0xe007f);
  if (isTagText) {
    const spelled = codes
      .map((code) => (code >= 0xe0020 ? String.fromCharCode(code - 0xe0000) : ''))
      .join('');
    return { mark: `TAGS ${spelled}`, name: `${codes.length} tag characters that spell: ${spelled}` };
  }
  const first = nameHiddenCharacter(codes[0] ?? 0);
  if (codes.length === 1) return first;
  const isSame = codes.every((code) => code === codes[0]);
  if (isSame) return { mark: `${first.mark}×${codes.length}`, name: `${codes.length} × ${first.name}` };
  const marks = codes.slice(0, 4).map((code) => nameHiddenCharacter(code).mark);
  return {
    mark: `${marks.join(' ')}${codes.length > 4 ? ` +${codes.length - 4}` : ''}`,
    name: codes
      .slice(0, 12)
      .map((code) => nameHiddenCharacter(code).name)
      .join(', '),
  };
}

/** Cuts text into plain stretches and runs of hidden characters, in order and without loss. */
export function splitHidden(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(hiddenRun)) {
    const run = match[0];
    if (isEmojiGlue(text, match.index, run)) continue;
    if (match.index > at) parts.push({ kind: 'plain', start: at, text: text.slice(at, match.index) });
    parts.push({ kind: 'hidden', start: match.index, text: run, ...describeRun(run) });
    at = match.index + run.length;
  }
  if (at < text.length) parts.push({ kind: 'plain', start: at, text: text.slice(at) });
  return parts;
}

/** The text with every hidden run written out, for views that cannot draw marks: `⟦RLO⟧`. */
export function spellHidden(text: string): string {
  return splitHidden(text)
    .map((part) => (part.kind === 'plain' ? part.text : `⟦${part.mark}⟧`))
    .join('');
}

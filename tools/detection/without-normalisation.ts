import { hiddenKind } from '@sallyport/detection/src/characters.ts';
import type { Row } from './corpus.ts';
import { type Example, toExample } from './dataset.ts';
import type { Examples } from './examples.ts';

const blank = '\u25a1';

/** Every hidden or unusual character as a box: what a reader without normalisation has to work with. */
function boxed(text: string): string {
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return hiddenKind(code) !== undefined ||
      (code > 0x2000 && letter.normalize('NFKC') !== letter) ||
      (code >= 0x370 && code <= 0x58f)
      ? blank
      : letter;
  }).join('');
}

function without(row: Row): Row {
  return JSON.parse(
    JSON.stringify(row, (_, value: unknown) => (typeof value === 'string' ? boxed(value) : value)),
  ) as Row;
}

/** The same examples, their obfuscated ones read as they stand. */
export function withoutNormalisation(examples: Examples): Examples {
  const change = (example: Example): Example =>
    example.row.technique === undefined || example.row.technique === 'plain'
      ? example
      : { ...toExample(without(example.row), example.isMade), findings: [] };
  return {
    own: examples.own.map(change),
    made: examples.made.map(change),
    shared: examples.shared.map(change),
  };
}

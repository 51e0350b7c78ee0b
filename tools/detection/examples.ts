import { type Row, readOwnRows, readParts, readSharedRows } from './corpus.ts';
import { type Example, toExample } from './dataset.ts';
import { generateRows } from './generate.ts';
import { generateArguments } from './generate-arguments.ts';

/** How many rows the generator makes. */
export const amounts = { definitions: 1800, payloads: 4200, prompts: 900, arguments: 3600 };
const seed = 20261121;

/** Rows the generator makes of harmless rows and of the parts. */
export function makeRows(hosts: readonly Row[]): readonly Row[] {
  const material = {
    rows: hosts,
    hosts: readParts('hosts'),
    attacks: readParts('attacks'),
    decoys: readParts('decoys'),
  };
  return [...generateRows(material, amounts, seed), ...generateArguments(amounts.arguments, seed)];
}

export interface Examples {
  readonly own: readonly Example[];
  readonly made: readonly Example[];
  readonly shared: readonly Example[];
}

/** Reads and featurises everything there is to learn from. */
export function loadExamples(
  corpus: string | undefined,
  options: { readonly isShared?: (row: Row) => boolean } = {},
): Examples {
  const rows = readOwnRows();
  const shared = corpus === undefined ? [] : readSharedRows(corpus).filter(options.isShared ?? (() => true));
  return {
    own: rows.map((row) => toExample(row)),
    made: makeRows(rows).map((row) => toExample(row, true)),
    shared: shared.map((row) => toExample(row)),
  };
}

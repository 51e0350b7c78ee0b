import type { RedactionRow } from '../src/redact/eval-redaction.ts';
import { fillSecrets } from './make-secrets.ts';
import { seededRandom } from './seeded-random.ts';

/** Lines of a committed list; a written-out `\n` is a line end inside a row. */
export function linesOf(file: string): readonly string[] {
  return file
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('\\n', '\n'));
}

/** Rows for `evalRedaction`: every template filled `times` times from the seed, and every clean text. */
export function redactionRows(
  files: { readonly templates: string; readonly clean: string },
  options: { readonly seed: number; readonly times: number },
): readonly RedactionRow[] {
  const random = seededRandom(options.seed);
  const filled = linesOf(files.templates).flatMap((template) =>
    Array.from({ length: options.times }, () => fillSecrets(template, random)),
  );
  return [...filled, ...linesOf(files.clean).map((text) => ({ text, spans: [] }))];
}

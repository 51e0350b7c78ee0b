import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactionRows } from '@sallyport/detection/corpus/redaction-rows.ts';
import {
  evalRedaction,
  type RedactionReport,
  type RedactionRow,
} from '@sallyport/detection/src/redact/eval-redaction.ts';
import { ownFolder } from './corpus.ts';

/** Figures of the redaction on our own rows, and on those that the shared corpus makes. */
export function redactionFigures(corpus: string | undefined): {
  readonly own: RedactionReport;
  readonly shared?: RedactionReport;
} {
  const file = (name: string): string => readFileSync(join(ownFolder, 'redaction', name), 'utf8');
  const files = { templates: file('templates.txt'), clean: file('clean.txt') };
  const own = evalRedaction(redactionRows(files, { seed: 77, times: 4 }));
  const maker = corpus === undefined ? undefined : join(corpus, 'make-redaction.mjs');
  if (maker === undefined || !existsSync(maker)) return { own };
  const lines = execFileSync(process.execPath, [maker], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const rows = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RedactionRow);
  return { own, shared: evalRedaction(rows) };
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/** Recall by type, in Markdown. */
export function redactionTable({ byType, all, withoutNames, clean }: RedactionReport): string {
  const lines = Object.entries(byType).map(
    ([type, { covered, total, recall }]) => `| ${type} | ${covered} of ${total} | ${percent(recall)} |`,
  );
  return [
    '| type | found | recall |',
    '| --- | --- | --- |',
    ...lines,
    `| all | ${all.covered} of ${all.total} | ${percent(all.recall)} |`,
    `| without names | ${withoutNames.covered} of ${withoutNames.total} | ${percent(withoutNames.recall)} |`,
    '',
    `Clean rows touched: ${clean.touched} of ${clean.rows} (${percent(clean.share)}).`,
  ].join('\n');
}

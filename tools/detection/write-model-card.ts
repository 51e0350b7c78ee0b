import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedactionReport } from '@sallyport/detection';
import { type Row, readOwnRows, readParts } from './corpus.ts';
import { type Figures, type Share, type SurfaceFigures, tableOf } from './figures.ts';
import type { Latency } from './latency.ts';
import { cardFile, expectedFile } from './model-paths.ts';

/** What `npm run eval -- --write` leaves; parts that it did not measure are missing. */
interface Card {
  readonly rows?: { readonly own: number; readonly made: number; readonly shared: number };
  readonly ownBySource?: BothFigures;
  readonly unseen?: BothFigures;
  readonly bySource?: BothFigures;
  readonly randomFolds?: BothFigures;
  readonly context?: Readonly<Record<string, Share>>;
  readonly ablation?: Readonly<Record<string, SurfaceFigures>>;
  readonly latency?: readonly Latency[];
  readonly redaction?: RedactionReport & { readonly own: RedactionReport };
}

interface BothFigures {
  readonly core: SurfaceFigures;
  readonly all: SurfaceFigures;
}

interface RedteamFigure {
  readonly value: number;
  readonly of: number;
}

const page = join(import.meta.dirname, '../../docs/detection.md');
const begin =
  '<!-- figures: begin, written by `npm run generate` from libs/detection/model/card.json; do not edit -->';
const end = '<!-- figures: end -->';

const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);
const plain = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function dataSection(rows: readonly Row[]): string {
  const surfaces = [...new Set(rows.map(({ surface }) => surface))].sort();
  const count = (surface: string, label: string): number =>
    rows.filter((row) => row.surface === surface && row.label === label).length;
  const sources = (surface: string): number =>
    new Set(rows.filter((row) => row.surface === surface).map(({ source }) => source)).size;
  const languages = new Map<string, number>();
  for (const { lang = 'en' } of rows) languages.set(lang, (languages.get(lang) ?? 0) + 1);
  const byLanguage = [...languages].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const parts = (['attacks', 'hosts', 'decoys'] as const).map((sort) => `${readParts(sort).length} ${sort}`);
  return [
    '### Our own rows',
    table(
      ['surface', 'attacks', 'harmless', 'sources'],
      surfaces.map((one) => [one, count(one, 'malicious'), count(one, 'benign'), sources(one)]),
    ),
    `${rows.length} rows. Languages: ${byLanguage.map(([lang, n]) => `${lang} ${n}`).join(', ')}. Parts for the generator: ${parts.join(', ')}.`,
  ].join('\n\n');
}

function figuresSection(title: string, remark: string, figures: BothFigures | undefined): readonly string[] {
  if (figures === undefined) return [];
  const core = tableOf(figures.core);
  const all = tableOf(figures.all);
  return all === core
    ? [`### ${title}`, remark, core]
    : [`### ${title}`, remark, '**Core rows**', core, '**All rows**', all];
}

const contextNames: Readonly<Record<string, string>> = {
  rugPull: 'rug pulls found (`previous` given)',
  shadowing: 'shadowing found',
  lookalike: 'look-alike servers found (`knownServers` given)',
  harmlessUpdate: 'harmless updates flagged',
  realDefinitions: 'real definitions flagged',
  realResults: 'real results flagged',
  realCalls: 'real calls flagged',
};

function contextSection(context: Card['context']): readonly string[] {
  if (context === undefined) return [];
  const rows = Object.entries(context).map(([name, { hits, of, value, low, high }]) => [
    contextNames[name] ?? name,
    `${hits} of ${of}`,
    percent(value),
    `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`,
  ]);
  return ['### With context, and on real rows', table(['', 'rows', 'share', '95 %'], rows)];
}

function ablationSection(ablation: Card['ablation']): readonly string[] {
  if (ablation === undefined) return [];
  const names = [
    ...new Set(Object.values(ablation).flatMap((one) => Object.keys(one))),
  ] as (keyof SurfaceFigures)[];
  const cell = ({ rocAuc, recallAt1 }: Figures): string => `${plain(rocAuc)} / ${plain(recallAt1)}`;
  const rows = Object.entries(ablation).map(([variant, figures]) => [
    variant,
    ...names.map((name) => (figures[name] === undefined ? '–' : cell(figures[name]))),
  ]);
  return [
    '### Ablation',
    'ROC-AUC / TPR at 1 % FPR on the core rows of DEV, trained on our own rows only.',
    table(['', ...names], rows),
  ];
}

function latencySection(latency: Card['latency']): readonly string[] {
  if (latency === undefined) return [];
  const rows = latency.map(({ kilobytes, calls, p50Ms, p99Ms }) => [`${kilobytes} KB`, calls, p50Ms, p99Ms]);
  return [
    '### Time of rules and model',
    'One thread, payloads of real text, no two the same; on the machine that ran the evaluation.',
    table(['payload', 'calls', 'p50 ms', 'p99 ms'], rows),
  ];
}

function redactionLine(name: string, { all, withoutNames, clean }: RedactionReport): string {
  const of = (one: RedactionReport['all']): string => `${percent(one.recall)} of ${one.total}`;
  return `${name}: recall ${of(all)} values, without names ${of(withoutNames)}; clean texts touched: ${clean.touched} of ${clean.rows}.`;
}

function redactionSection(redaction: Card['redaction']): readonly string[] {
  if (redaction === undefined) return [];
  const rows = Object.entries(redaction.byType).map(([type, { total, recall }]) => [
    type,
    total,
    percent(recall),
  ]);
  return [
    '### Redaction',
    [redactionLine('DEV', redaction), redactionLine('Our own rows', redaction.own)].join('  \n'),
    'Both were written by people who wrote the finders, or read by them: expect less elsewhere. By type, on DEV:',
    table(['type', 'values', 'recall'], rows),
  ];
}

function redteamSection(): readonly string[] {
  const figures = readJson<Readonly<Record<string, RedteamFigure>>>(
    join(expectedFile, '../expected-redteam.json'),
  );
  if (figures === undefined) return [];
  const rows = Object.entries(figures)
    .filter(([name]) => name.startsWith('red team'))
    .map(([name, { value, of }]) => [name.replace('red team, ', ''), of, percent(value)]);
  return [
    '### Red team',
    'One variant of every class in every mutation (`npm run redteam` makes more, and names what got through).',
    table(['', 'variants', 'caught'], rows),
  ];
}

function section(card: Card): string {
  const { own = 0, made = 0, shared = 0 } = card.rows ?? {};
  return [
    begin,
    dataSection(readOwnRows()),
    `The figures below: ${own} own rows, ${made} made by the generator, ${shared} of DEV.`,
    ...figuresSection(
      'DEV, trained without it',
      'Networks and pools learned from our own rows only; thresholds too. No row of DEV was seen: the nearest we have to unseen data.',
      card.unseen,
    ),
    ...figuresSection(
      'DEV, folds by source',
      'Our own rows and four fifths of the sources of DEV are trained on, the rest is scored.',
      card.bySource,
    ),
    ...figuresSection(
      'DEV, random folds',
      'For contrast: rows of one source resemble each other, so these flatter.',
      card.randomFolds,
    ),
    ...figuresSection(
      'Our own rows, folds by source',
      'Harder than life by intent: attacks without loud words, and harmless twins that use the words of attacks.',
      card.ownBySource,
    ),
    ...contextSection(card.context),
    ...ablationSection(card.ablation),
    ...redteamSection(),
    ...redactionSection(card.redaction),
    ...latencySection(card.latency),
    end,
  ].join('\n\n');
}

const text = readFileSync(page, 'utf8');
const from = text.indexOf(begin);
const to = text.indexOf(end);
if (from < 0 || to < 0) throw new Error('docs/detection.md has lost its marks');
writeFileSync(
  page,
  text.slice(0, from) + section(readJson<Card>(cardFile) ?? {}) + text.slice(to + end.length),
);

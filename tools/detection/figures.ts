import type { ModelSurface } from '@sallyport/detection/src/model/dense-names.ts';
import { modelSurfaces } from '@sallyport/detection/src/model/dense-names.ts';
import type { Row } from './corpus.ts';
import { surfaceOf } from './dataset.ts';
import { type Judged, recallAt, rocAuc, wilson } from './measure.ts';

/** A row with what was made of it; flagged at one half. */
export interface Scored {
  readonly row: Row;
  readonly score: number;
}

/** A share with its 95 % interval. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
}

export interface Figures {
  readonly malicious: number;
  readonly benign: number;
  readonly balancedAccuracy: number | null;
  readonly rocAuc: number | null;
  readonly recall: Share;
  readonly falsePositives: Share;
  readonly recallAt1: number | null;
}

export type SurfaceFigures = Readonly<Record<ModelSurface | 'all', Figures>>;

const round = (value: number): number | null =>
  Number.isFinite(value) ? Math.round(value * 10_000) / 10_000 : null;

function shareOf(hits: number, of: number): Share {
  const [low, high] = wilson(hits, of);
  return { hits, of, value: round(hits / of), low: round(low) ?? 0, high: round(high) ?? 1 };
}

function figuresOf(rows: readonly Scored[]): Figures {
  const judged: Judged[] = rows.map(({ row, score }) => ({ isMalicious: row.label === 'malicious', score }));
  const attacks = judged.filter((one) => one.isMalicious);
  const benign = judged.filter((one) => !one.isMalicious);
  const recall = shareOf(attacks.filter((one) => one.score >= 0.5).length, attacks.length);
  const falsePositives = shareOf(benign.filter((one) => one.score >= 0.5).length, benign.length);
  const balanced = ((recall.value ?? Number.NaN) + 1 - (falsePositives.value ?? Number.NaN)) / 2;
  return {
    malicious: attacks.length,
    benign: benign.length,
    balancedAccuracy: round(balanced),
    rocAuc: round(rocAuc(judged)),
    recall,
    falsePositives,
    recallAt1: attacks.length > 0 && benign.length > 0 ? round(recallAt(judged, 0.01)) : null,
  };
}

/** Figures by surface and over all; `core` leaves rows out that are attacks only in their first setting. */
export function figuresBySurface(rows: readonly Scored[], which: 'core' | 'all'): SurfaceFigures {
  const kept = which === 'all' ? rows : rows.filter(({ row }) => row.ambiguous !== true);
  const entries = modelSurfaces.map((surface) => [
    surface,
    figuresOf(kept.filter(({ row }) => surfaceOf[row.surface] === surface)),
  ]);
  return Object.fromEntries([...entries, ['all', figuresOf(kept)]]) as SurfaceFigures;
}

/** Share of the attacks of a category that were flagged. */
export function recallOf(rows: readonly Scored[], category: string): Share {
  const of = rows.filter(({ row }) => row.category === category && row.label === 'malicious');
  return shareOf(of.filter(({ score }) => score >= 0.5).length, of.length);
}

/** Share of the harmless rows of a category that were flagged. */
export function falsePositivesOf(rows: readonly Scored[], category: string): Share {
  const of = rows.filter(({ row }) => row.category === category && row.label === 'benign');
  return shareOf(of.filter(({ score }) => score >= 0.5).length, of.length);
}

const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);
const plain = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
const withInterval = (share: Share): string =>
  share.of === 0
    ? '–'
    : `${percent(share.value)} [${(share.low * 100).toFixed(1)}–${(share.high * 100).toFixed(1)}]`;

/** A table of figures in Markdown. */
export function tableOf(figures: SurfaceFigures): string {
  const lines = [
    '| surface | attacks | harmless | balanced accuracy | ROC-AUC | recall [95 %] | false positives [95 %] | TPR at 1 % FPR |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const [surface, one] of Object.entries(figures)) {
    if (one.malicious + one.benign === 0) continue;
    const cells = [
      surface,
      one.malicious,
      one.benign,
      plain(one.balancedAccuracy),
      plain(one.rocAuc),
      withInterval(one.recall),
      withInterval(one.falsePositives),
      plain(one.recallAt1),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

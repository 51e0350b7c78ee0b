import { scanArguments } from '@sallyport/detection/src/arguments/scan-arguments.ts';
import type { Finding } from '@sallyport/detection/src/finding.ts';
import { findForeignTools } from '@sallyport/detection/src/judge-context.ts';
import type { ModelSurface } from '@sallyport/detection/src/model/dense-names.ts';
import {
  type ModelDocument,
  readArguments,
  readDefinition,
  readPayload,
} from '@sallyport/detection/src/model/document.ts';
import { featurise } from '@sallyport/detection/src/model/featurise.ts';
import { hasProse, proseSurface } from '@sallyport/detection/src/model/score.ts';
import { toolWordsOf } from '@sallyport/detection/src/model/tool-words.ts';
import { scanDefinition } from '@sallyport/detection/src/scan-definition.ts';
import { scanText } from '@sallyport/detection/src/scan-text.ts';
import type { Row } from './corpus.ts';

export const surfaceOf: Readonly<Record<Row['surface'], ModelSurface>> = {
  tool_definition: 'definition',
  tool_result: 'result',
  resource: 'resource',
  prompt: 'prompt',
  tool_args: 'arguments',
};

/** A row, read and turned into numbers. */
export interface Example {
  readonly row: Row;
  readonly group: string;
  readonly isMalicious: boolean;
  readonly surface: ModelSurface;
  readonly document: ModelDocument;
  readonly rows: Float32Array;
  readonly width: number;
  readonly sparse: readonly Int32Array[];
  /** By segment: 1 attack, 0 harmless, -1 unknown (some segment of the row is an attack). */
  readonly labels: Int8Array;
  readonly findings: readonly Finding[];
  /** Segments the networks do not look at. */
  readonly isEmpty: Uint8Array;
  readonly foreignTools: number;
  /** Arguments with sentences in them, as the network of texts sees them. */
  readonly prose: Example | null;
  /** From the generator. */
  readonly isMade: boolean;
}

const noGrams = new Int32Array(0);

export function toExample(row: Row, isMade = false): Example {
  const surface = surfaceOf[row.surface];
  const document = readRow(row, surface);
  const own = featuresOf(row, document, surface);
  const isProse = surface === 'arguments' && hasProse(document);
  const common = {
    row,
    group: row.source,
    isMalicious: row.label === 'malicious',
    document,
    labels: labelsOf(row, document),
    findings: isMade ? [] : findingsOf(row),
    foreignTools: findForeignTools(row.tool, row.context?.server, row.context?.knownTools).length,
    isMade,
  };
  const prose: Example | null = isProse
    ? { ...common, ...featuresOf(row, document, proseSurface), surface: proseSurface, prose: null }
    : null;
  return { ...common, ...own, surface, prose };
}

function readRow(row: Row, surface: ModelSurface): ModelDocument {
  if (surface === 'definition') return readDefinition(row.tool, row.context?.previous);
  return surface === 'arguments' ? readArguments(row.args) : readPayload(row.text);
}

function featuresOf(row: Row, document: ModelDocument, surface: ModelSurface) {
  const sparse: Int32Array[] = document.segments.map(() => noGrams);
  const { rows, width, isEmpty } = featurise(document, {
    surface,
    tool: surface === 'definition' ? toolWordsOf(row.tool) : null,
    onSparse: (segment, vector) => {
      sparse[segment] = vector.index.slice(0, vector.count);
    },
  });
  return { sparse, rows, width, isEmpty };
}

/** What the rules say of a row; the networks do not read it, only the pools do. */
function findingsOf(row: Row): readonly Finding[] {
  switch (row.surface) {
    case 'tool_definition':
      return scanDefinition(row.tool);
    case 'tool_args':
      return scanArguments(row.args, row.context?.tool === undefined ? {} : { tool: row.context.tool });
    case 'tool_result':
      return scanText(row.text ?? '', 'result');
    default:
      return scanText(row.text ?? '', row.surface);
  }
}

function labelsOf(row: Row, document: ModelDocument): Int8Array {
  const labels = new Int8Array(document.segments.length);
  if (row.label === 'benign') return labels;
  if (row.attack === undefined || markAttack(row.attack, document, labels) === 0) labels.fill(-1);
  if (row.attack === undefined && row.surface === 'tool_definition') markOld(document, labels);
  return labels;
}

/** What was approved before is no attack. */
function markOld(document: ModelDocument, labels: Int8Array): void {
  document.segments.forEach(({ isOld }, i) => {
    if (isOld) labels[i] = 0;
  });
}

function markAttack(attack: string, document: ModelDocument, labels: Int8Array): number {
  let marked = 0;
  document.segments.forEach(({ leaf: leafAt, from, to }, i) => {
    const leaf = document.leaves[leafAt];
    if (leaf === undefined) return;
    if (leaf.decodedAt !== null) {
      labels[i] = 1;
      marked += 1;
      return;
    }
    const at = findAttack(leaf.raw, attack);
    if (at === undefined) return;
    const start = leaf.text.offsets?.[from] ?? from;
    const end = leaf.text.offsets?.[to] ?? to;
    const shared = Math.min(end, at.end) - Math.max(start, at.start);
    if (shared > 0.5 * (end - start) || shared > 0.5 * (at.end - at.start)) {
      labels[i] = 1;
      marked += 1;
    }
  });
  return marked;
}

function findAttack(raw: string, attack: string): { start: number; end: number } | undefined {
  for (const form of [attack, unescaped(attack)]) {
    const start = form === undefined ? -1 : raw.indexOf(form);
    if (start >= 0) return { start, end: start + (form?.length ?? 0) };
  }
  return raw.length > 8 && attack.includes(raw) ? { start: 0, end: raw.length } : undefined;
}

function unescaped(text: string): string | undefined {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return undefined;
  }
}

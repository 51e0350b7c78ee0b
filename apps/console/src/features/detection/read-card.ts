/** A share with its 95 % interval, as the evaluation wrote it. */
export interface CardShare {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

/** Figures of one surface. */
export interface CardRow {
  readonly surface: string;
  readonly malicious: number;
  readonly benign: number;
  readonly rocAuc: number | null;
  readonly recall: CardShare | null;
  readonly falsePositives: CardShare | null;
  readonly recallAt1: number | null;
}

export const cardProtocols = ['unseen', 'bySource', 'ownBySource', 'randomFolds'] as const;
export type CardProtocol = (typeof cardProtocols)[number];
export type CardScope = 'core' | 'all';

/** The model card as far as this release can read it: parts that are missing are left out. */
export interface ModelCard {
  readonly protocols: readonly {
    readonly name: CardProtocol;
    readonly core: readonly CardRow[];
    readonly all: readonly CardRow[];
  }[];
  readonly rows: readonly { readonly name: string; readonly count: number }[];
  readonly context: readonly { readonly name: string; readonly share: CardShare }[];
  readonly latency: readonly { readonly kilobytes: number; readonly p50Ms: number; readonly p99Ms: number }[];
  /** What redaction found of the values that were there, and how many clean texts it touched. */
  readonly redaction: readonly {
    readonly name: 'all' | 'withoutNames' | 'clean';
    readonly part: number;
    readonly of: number;
  }[];
  readonly date: string | null;
  readonly bytes: number | null;
}

type Json = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const asNumber = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function readShare(value: unknown): CardShare | null {
  const share = asObject(value);
  const [own, low, high, of] = [share.value, share.low, share.high, share.of].map(asNumber);
  return own == null || low == null || high == null ? null : { value: own, low, high, of: of ?? 0 };
}

function readRows(value: unknown): readonly CardRow[] {
  return Object.entries(asObject(value)).flatMap(([surface, raw]) => {
    const row = asObject(raw);
    const malicious = asNumber(row.malicious) ?? 0;
    const benign = asNumber(row.benign) ?? 0;
    if (malicious + benign === 0) return [];
    return [
      {
        surface,
        malicious,
        benign,
        rocAuc: asNumber(row.rocAuc),
        recall: readShare(row.recall),
        falsePositives: readShare(row.falsePositives),
        recallAt1: asNumber(row.recallAt1),
      },
    ];
  });
}

function readRedaction(value: unknown): ModelCard['redaction'] {
  const redaction = asObject(value);
  const found = (['all', 'withoutNames'] as const).flatMap((name) => {
    const { covered, total } = asObject(redaction[name]);
    return typeof covered === 'number' && typeof total === 'number'
      ? [{ name, part: covered, of: total }]
      : [];
  });
  const clean = asObject(redaction.clean);
  const part = asNumber(clean.touched) ?? asNumber(clean.hits);
  const of = asNumber(clean.total) ?? asNumber(clean.rows) ?? asNumber(clean.of);
  return part === null || of === null ? found : [...found, { name: 'clean' as const, part, of }];
}

/** Reads what the evaluation wrote; null when there is nothing to show. */
export function readCard(value: unknown): ModelCard | null {
  const card = asObject(value);
  const protocols = cardProtocols.flatMap((name) => {
    const figures = asObject(card[name]);
    const [core, all] = [readRows(figures.core), readRows(figures.all)];
    return core.length + all.length === 0 ? [] : [{ name, core, all }];
  });
  const date = card.date ?? card.evaluatedAt ?? card.at;
  const latency = Array.isArray(card.latency) ? card.latency.map(asObject) : [];
  const read: ModelCard = {
    protocols,
    rows: Object.entries(asObject(card.rows)).flatMap(([name, count]) =>
      typeof count === 'number' ? [{ name, count }] : [],
    ),
    context: Object.entries(asObject(card.context)).flatMap(([name, raw]) => {
      const share = readShare(raw);
      return share === null ? [] : [{ name, share }];
    }),
    latency: latency.flatMap(({ kilobytes, p50Ms, p99Ms }) =>
      typeof kilobytes === 'number' && typeof p50Ms === 'number' && typeof p99Ms === 'number'
        ? [{ kilobytes, p50Ms, p99Ms }]
        : [],
    ),
    redaction: readRedaction(card.redaction),
    date: typeof date === 'string' && !Number.isNaN(Date.parse(date)) ? date : null,
    bytes: asNumber(card.bytes) ?? asNumber(asObject(card.model).bytes),
  };
  return protocols.length + read.latency.length + read.rows.length === 0 ? null : read;
}

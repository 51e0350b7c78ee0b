/** Label names with their values; the values must come from a small fixed set, never from callers or upstreams. */
export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  inc(amount?: number): void;
}

export interface Gauge {
  set(value: number): void;
  inc(amount?: number): void;
  dec(amount?: number): void;
}

export interface Histogram {
  observe(value: number): void;
}

/**
 * A registry of Prometheus metrics. Each call resolves one series and returns its handle: resolve at start, keep
 * the handle, and counting costs one addition.
 */
export interface Metrics {
  counter(name: string, labels?: Labels, help?: string): Counter;
  gauge(name: string, labels?: Labels, help?: string): Gauge;
  /** A gauge whose value is read when somebody looks. */
  gaugeOf(name: string, labels: Labels, read: () => number, help?: string): void;
  histogram(
    name: string,
    labels?: Labels,
    options?: { readonly buckets?: readonly number[]; readonly help?: string },
  ): Histogram;
  /** Prometheus text exposition format 0.0.4. */
  render(): string;
}

/** Seconds, from 100 µs to 30 s. */
export const latencyBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
] as const;

/** More series than this share one series whose labels all say `other`. */
export const maxSeriesPerMetric = 500;

type Kind = 'counter' | 'gauge' | 'histogram';

interface Series {
  readonly labels: Labels;
  lines(name: string): string[];
}

interface Family {
  readonly kind: Kind;
  help: string;
  readonly series: Map<string, Series>;
}

const namePattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Makes an empty registry. */
export function createMetrics(): Metrics {
  const families = new Map<string, Family>();
  const resolve = <S extends Series>(
    at: { readonly kind: Kind; readonly name: string; readonly labels: Labels; readonly help: string },
    make: (labels: Labels) => S,
  ): S => {
    const family = familyOf(families, at);
    const labels = bounded(family, at.labels);
    const id = labelText(labels);
    const known = family.series.get(id);
    // A family holds one kind only (checked by `familyOf`), so a known series is an `S`.
    if (known) return known as S;
    const made = make(labels);
    family.series.set(id, made);
    return made;
  };
  return {
    counter: (name, labels = {}, help = '') => resolve({ kind: 'counter', name, labels, help }, numberSeries),
    gauge: (name, labels = {}, help = '') => resolve({ kind: 'gauge', name, labels, help }, numberSeries),
    gaugeOf(name, labels, read, help = '') {
      resolve({ kind: 'gauge', name, labels, help }, (bound) => readSeries(bound, read));
    },
    histogram: (name, labels = {}, options = {}) =>
      resolve({ kind: 'histogram', name, labels, help: options.help ?? '' }, (bound) =>
        bucketSeries(bound, options.buckets ?? latencyBuckets),
      ),
    render: () => [...families].flatMap(([name, family]) => familyLines(name, family)).join(''),
  };
}

function familyOf(
  families: Map<string, Family>,
  at: { readonly kind: Kind; readonly name: string; readonly labels: Labels; readonly help: string },
): Family {
  if (!namePattern.test(at.name) || !Object.keys(at.labels).every((label) => namePattern.test(label))) {
    throw new TypeError(`not a metric or label name: ${at.name}`);
  }
  const known = families.get(at.name);
  if (!known) {
    const family: Family = { kind: at.kind, help: at.help, series: new Map() };
    families.set(at.name, family);
    return family;
  }
  if (known.kind !== at.kind) throw new TypeError(`metric ${at.name} is a ${known.kind}`);
  if (known.help === '') known.help = at.help;
  return known;
}

function bounded(family: Family, labels: Labels): Labels {
  if (family.series.size < maxSeriesPerMetric || family.series.has(labelText(labels))) return labels;
  return Object.fromEntries(Object.keys(labels).map((label) => [label, 'other']));
}

function numberSeries(labels: Labels): Series & Counter & Gauge {
  let value = 0;
  return {
    labels,
    set: (next) => {
      value = next;
    },
    inc: (amount = 1) => {
      value += amount;
    },
    dec: (amount = 1) => {
      value -= amount;
    },
    lines: (name) => [line(name, labels, value)],
  };
}

function readSeries(labels: Labels, read: () => number): Series {
  return { labels, lines: (name) => [line(name, labels, read())] };
}

function bucketSeries(labels: Labels, buckets: readonly number[]): Series & Histogram {
  const bounds = Float64Array.from(buckets).sort();
  const counts = new Float64Array(bounds.length + 1);
  let sum = 0;
  return {
    labels,
    observe(value) {
      let at = 0;
      while (at < bounds.length && value > (bounds[at] ?? 0)) at += 1;
      counts[at] = (counts[at] ?? 0) + 1;
      sum += value;
    },
    lines(name) {
      let total = 0;
      const lines: string[] = [];
      for (const [at, count] of counts.entries()) {
        total += count;
        const bound = bounds[at];
        lines.push(
          line(`${name}_bucket`, { ...labels, le: bound === undefined ? '+Inf' : String(bound) }, total),
        );
      }
      lines.push(line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, total));
      return lines;
    },
  };
}

function familyLines(name: string, family: Family): string[] {
  const help = family.help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return [
    ...(help === '' ? [] : [`# HELP ${name} ${help}\n`]),
    `# TYPE ${name} ${family.kind}\n`,
    ...[...family.series.values()].flatMap((series) => series.lines(name)),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  return `${name}${labelText(labels)} ${Number.isFinite(value) ? value : 'NaN'}\n`;
}

function labelText(labels: Labels): string {
  const names = Object.keys(labels);
  if (names.length === 0) return '';
  return `{${names.map((name) => `${name}="${escapeLabel(labels[name] ?? '')}"`).join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.slice(0, 128).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

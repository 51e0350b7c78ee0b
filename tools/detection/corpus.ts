import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillSecrets } from '@sallyport/detection/corpus/make-secrets.ts';
import { seededRandom } from '@sallyport/detection/corpus/seeded-random.ts';

export type RowSurface = 'tool_definition' | 'tool_result' | 'tool_args' | 'resource' | 'prompt';

/** One labelled row, as the files of a corpus hold it. */
export interface Row {
  readonly source: string;
  readonly surface: RowSurface;
  readonly label: 'malicious' | 'benign';
  readonly category: string;
  readonly lang?: string;
  readonly text?: string;
  readonly tool?: Readonly<Record<string, unknown>>;
  readonly args?: unknown;
  readonly attack?: string;
  readonly technique?: string;
  readonly ambiguous?: boolean;
  readonly context?: {
    readonly server?: string;
    readonly previous?: unknown;
    readonly knownServers?: readonly string[];
    readonly knownTools?: readonly { readonly server: string; readonly name: string }[];
    readonly tool?: { readonly name: string; readonly description?: string; readonly inputSchema?: unknown };
  };
}

/** A piece for the generator: an attack, a host to plant it in, or a harmless order. */
export interface Part {
  readonly text: string;
  readonly lang: string;
  readonly category?: string;
  readonly kind?: string;
  readonly surface?: RowSurface;
  readonly surfaces?: readonly RowSurface[];
}

/** Our own rows, every folder but the parts. */
export const ownFolder = join(import.meta.dirname, '../../libs/detection/corpus');

function linesOf(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads our own rows; places like `{GITHUB_TOKEN}` get values made from a seed. */
export function readOwnRows(): readonly Row[] {
  const folders = readdirSync(ownFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['parts', 'redaction'].includes(entry.name))
    .map((entry) => entry.name)
    .sort();
  const rows = folders.flatMap((name) => filesIn(join(ownFolder, name)).flatMap(linesOf)) as Row[];
  return rows.filter((row) => row.label !== undefined).map(fillRow);
}

const placePattern = /\{[A-Z][A-Z0-9_]+(?::[A-Z_]+)?\}/g;

/** The same place has the same value everywhere in a row, so that `attack` still names what stands in it. */
function fillRow(row: Row, index: number): Row {
  const places = new Set(JSON.stringify(row).match(placePattern));
  if (places.size === 0) return row;
  const random = seededRandom(index + 1);
  const values = new Map([...places].map((place) => [place, fillSecrets(place, random).text]));
  const fill = (value: unknown): unknown =>
    typeof value === 'string' ? value.replace(placePattern, (place) => values.get(place) ?? place) : value;
  return JSON.parse(JSON.stringify(row, (_, value: unknown) => fill(value))) as Row;
}

/** Reads the parts of one sort: `attacks`, `hosts` or `decoys`. */
export function readParts(sort: 'attacks' | 'hosts' | 'decoys'): readonly Part[] {
  return filesIn(join(ownFolder, 'parts'))
    .filter((file) => file.includes(`${sort}-`))
    .flatMap(linesOf) as Part[];
}

/**
 * Reads a shared corpus, which lies outside the repository: the folder with its files, or the one above that has a
 * `dev` part. Rows of other kinds (redaction) are left out.
 */
export function readSharedRows(folder: string): readonly Row[] {
  const part = join(folder, 'dev');
  const rows = filesIn(existsSync(part) ? part : folder).flatMap(linesOf) as Partial<Row>[];
  return rows.filter((row): row is Row => row.surface !== undefined && row.label !== undefined);
}

/** `--corpus DIR`, or the environment; `undefined` where there is none. */
export function corpusFolder(args: readonly string[]): string | undefined {
  const at = args.indexOf('--corpus');
  return at >= 0 ? args[at + 1] : process.env.SALLYPORT_CORPUS;
}

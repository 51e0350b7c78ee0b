import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Reads our own rows. */
export function readOwnRows(fill: (text: string) => string = (text) => text): readonly Row[] {
  const folders = readdirSync(ownFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['parts', 'redaction'].includes(entry.name))
    .map((entry) => entry.name)
    .sort();
  const rows = folders.flatMap((name) => filesIn(join(ownFolder, name)).flatMap(linesOf)) as Row[];
  return rows
    .filter((row) => row.label !== undefined)
    .map((row) => JSON.parse(fill(JSON.stringify(row))) as Row);
}

/** Reads the parts of one sort: `attacks`, `hosts` or `decoys`. */
export function readParts(sort: 'attacks' | 'hosts' | 'decoys'): readonly Part[] {
  return filesIn(join(ownFolder, 'parts'))
    .filter((file) => file.includes(`${sort}-`))
    .flatMap(linesOf) as Part[];
}

/** Reads the DEV part of a shared corpus, which lies outside the repository. */
export function readSharedRows(folder: string): readonly Row[] {
  return filesIn(join(folder, 'dev')).flatMap(linesOf) as Row[];
}

/** `--corpus DIR`, or the environment; `undefined` where there is none. */
export function corpusFolder(args: readonly string[]): string | undefined {
  const at = args.indexOf('--corpus');
  return at >= 0 ? args[at + 1] : process.env.SALLYPORT_CORPUS;
}

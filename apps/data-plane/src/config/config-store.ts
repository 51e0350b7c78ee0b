import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isUuid } from '@sallyport/kernel';
import type { Logger } from '@sallyport/telemetry';

/** The marks of one tenant as they lie on disk: signed texts, and how far they were known without a gap. */
export interface StoredMarks {
  readonly seq: number;
  readonly marks: readonly string[];
}

/** A worker's own disk copy of its configuration; everything in it is verified again when it is read. */
export interface ConfigStore {
  /** Envelope texts by tenant id. */
  readEnvelopes(): ReadonlyMap<string, string>;
  readMarks(): ReadonlyMap<string, StoredMarks>;
  writeEnvelope(tenantId: string, text: string): Promise<void>;
  writeMarks(tenantId: string, marks: StoredMarks): Promise<void>;
}

const suffix = '.json';

/** Opens the store in a folder of this worker alone. */
export function openConfigStore(stateDir: string, log: Logger): ConfigStore {
  const envelopes = join(stateDir, 'config');
  const marks = join(stateDir, 'revocations');
  for (const directory of [envelopes, marks]) mkdirSync(directory, { recursive: true, mode: 0o700 });
  const chains = new Map<string, Promise<void>>();
  /** Writes of one file follow each other; the last one wins. */
  const write = (path: string, text: string): Promise<void> => {
    const before = chains.get(path) ?? Promise.resolve();
    const done = before.catch(() => {}).then(() => replaceFile(path, text));
    chains.set(path, done);
    return done;
  };
  return {
    readEnvelopes: () => readFolder(envelopes, log, (text) => text),
    readMarks: () => readFolder(marks, log, readStoredMarks),
    writeEnvelope: (tenantId, text) => write(join(envelopes, tenantId + suffix), text),
    writeMarks: (tenantId, stored) => write(join(marks, tenantId + suffix), JSON.stringify(stored)),
  };
}

function readFolder<T>(
  directory: string,
  log: Logger,
  read: (text: string) => T | undefined,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const { name } = entry;
    const tenantId = name.slice(0, -suffix.length);
    if (!name.endsWith(suffix) || !isUuid(tenantId)) continue;
    if (!entry.isFile()) {
      log.warn({ directory, name }, 'not a file of the configuration; skipped');
      continue;
    }
    const value = read(readFileSync(join(directory, name), 'utf8'));
    if (value !== undefined) found.set(tenantId, value);
  }
  return found;
}

function readStoredMarks(text: string): StoredMarks | undefined {
  try {
    const value = JSON.parse(text) as Partial<StoredMarks>;
    if (!Number.isSafeInteger(value.seq) || !Array.isArray(value.marks)) return undefined;
    return { seq: Number(value.seq), marks: value.marks.filter((mark) => typeof mark === 'string') };
  } catch {
    return undefined;
  }
}

/** After this the file holds the new text or the old one, never a part, also when the power goes. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

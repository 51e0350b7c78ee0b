import { randomBytes } from 'node:crypto';
import { closeSync, fdatasync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createFrameWriter, deriveKey, saltBytes, writeHead } from './segment-format.ts';

/** A segment that is being written, or waits to be freed. */
export interface SegmentFile {
  readonly path: string;
  readonly startSeq: number;
  bytes: number;
  lastSeq: number;
  /** Calls that left for an upstream and have no outcome yet: their intents must not be freed. */
  openIntents: number;
  /**
   * One synchronous write: what it returns from, a killed process does not lose. Gives the chain up to the text.
   * @throws when the disk does.
   */
  write(text: string, previousChain: string): string;
  sync(done: (error: Error | null) => void): void;
  close(): void;
  remove(): void;
}

export function createSegmentFile(input: {
  readonly directory: string;
  readonly spoolKey: Uint8Array;
  readonly startSeq: number;
  readonly previousChain: string;
}): SegmentFile {
  const { directory, spoolKey, startSeq, previousChain } = input;
  const path = join(directory, `${String(startSeq).padStart(15, '0')}.seg`);
  const salt = randomBytes(saltBytes);
  const frame = createFrameWriter(deriveKey(spoolKey, salt));
  const fd = openSync(path, 'wx', 0o600);
  let isClosed = false;
  const head = writeHead({ salt, startSeq, previousChain });
  writeSync(fd, head);
  const segment: SegmentFile = {
    path,
    startSeq,
    bytes: head.length,
    lastSeq: startSeq - 1,
    openIntents: 0,
    write(text, previous) {
      const { bytes, chain } = frame(text, previous);
      const written = writeSync(fd, bytes);
      if (written !== bytes.length) throw new Error(`${written} of ${bytes.length} bytes were written`);
      segment.bytes += written;
      segment.lastSeq += 1;
      return chain;
    },
    sync: (done) => (isClosed ? done(null) : fdatasync(fd, done)),
    close() {
      if (isClosed) return;
      isClosed = true;
      closeSync(fd);
    },
    remove() {
      segment.close();
      unlinkSync(path);
    },
  };
  return segment;
}

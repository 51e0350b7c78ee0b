import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFrame, type Frame, firstChain } from '@sallyport/ledger';
import type { Logger } from '@sallyport/telemetry';
import { createGroupSync } from './group-sync.ts';
import { createSegmentFile, type SegmentFile } from './segment-file.ts';
import { readSegment, type SegmentFrame } from './segment-format.ts';

/** The part of the spool that a call sees. */
export interface CallSpool {
  /** Whether a tenant may add to the spool. */
  roomFor(tenantId: string): 'free' | 'tenant_share' | 'spool_full';
  /** Appends one frame with one synchronous write. @throws when it could not be written. */
  append(frame: Frame): void;
  /** The same for a frame that is text already, exactly as `encodeFrame` would write it. */
  appendText(text: string, about: FrameAbout): void;
  /** Resolves when everything appended before is on the disk itself. */
  synced(): Promise<void>;
}

/** What the spool must know of a frame without reading it. */
export interface FrameAbout {
  readonly kind: Frame['kind'];
  readonly callId: string;
  readonly tenantId: string;
}

/** What a shipper reads from: one spool, frames in order, freed once they are committed. */
export interface ShippableSpool {
  readonly spoolId: string;
  /** The next frames not committed yet, at most `maxFrames` and about `maxBytes`. */
  pending(maxFrames: number, maxBytes: number): readonly SegmentFrame[];
  committed(seq: number): void;
}

export interface Spool extends CallSpool, ShippableSpool {
  readonly pendingFrames: number;
  readonly pendingBytes: number;
  /** Bytes an older spool of this worker still holds for a tenant; negative once it has shipped them. */
  addBacklog(tenantId: string, bytes: number): void;
  onAppend: (() => void) | undefined;
  close(): Promise<void>;
}

export interface SpoolInput {
  /** Folder of all spools of this worker; this one gets its own in it. */
  readonly root: string;
  readonly spoolKey: Uint8Array;
  readonly limitBytes: number;
  readonly syncEveryMs: number;
  readonly log: Logger;
}

interface Entry {
  readonly seq: number;
  readonly chain: string;
  /** Gone from memory when too much waits: then it is read from its segment. */
  text: string | undefined;
  readonly tenantId: string;
  readonly bytes: number;
}

/** Texts kept in memory for the shipper; what is beyond is on the disk anyway. */
const maxKeptCharacters = 16 * 1024 * 1024;
const tenantShare = 1 / 8;

/** Opens a new spool; older ones in the same folder are read by `recoverSpools`. */
export function createSpool(input: SpoolInput): Spool {
  const spoolId = randomUUID();
  const directory = join(input.root, `${Date.now().toString().padStart(14, '0')}-${spoolId}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const segmentBytes = Math.max(64 * 1024, Math.min(4 * 1024 * 1024, input.limitBytes / 16));
  const segments: SegmentFile[] = [];
  const intents = new Map<string, SegmentFile>();
  const byTenant = new Map<string, number>();
  let entries: Entry[] = [];
  let firstEntry = 0;
  let lastSeq = 0;
  let chain = firstChain;
  let pendingBytes = 0;
  let keptCharacters = 0;

  const open = (): SegmentFile => {
    const fresh = createSegmentFile({
      directory,
      spoolKey: input.spoolKey,
      startSeq: lastSeq + 1,
      previousChain: chain,
    });
    segments.push(fresh);
    return fresh;
  };
  let active = open();
  /** Nothing more may go into the active file; cleared only once a fresh one is open. */
  let isBroken = false;
  const sync = createGroupSync({
    everyMs: input.syncEveryMs,
    sync: (done) => active.sync(done),
    onError(error) {
      // A file whose sync failed has lost what it says it holds: it is never written again.
      input.log.error({ err: error }, 'fdatasync of the spool failed; a new segment is begun');
      isBroken = true;
    },
  });
  const rotate = (): void => {
    const full = active;
    active = open();
    isBroken = false;
    full.sync(() => full.close());
  };
  const free = (): void => {
    const uncommitted = entries[firstEntry]?.seq ?? lastSeq + 1;
    // Oldest first and never around one: an outcome must not be freed before its intent.
    for (let oldest = segments[0]; oldest && oldest !== active; oldest = segments[0]) {
      if (oldest.lastSeq >= uncommitted || oldest.openIntents > 0) return;
      segments.shift();
      oldest.remove();
    }
  };
  const account = (tenantId: string, bytes: number): void => {
    pendingBytes += bytes;
    const sum = (byTenant.get(tenantId) ?? 0) + bytes;
    if (sum > 0) byTenant.set(tenantId, sum);
    else byTenant.delete(tenantId);
  };
  const pair = ({ kind, callId }: FrameAbout, segment: SegmentFile): void => {
    if (kind === 'intent') {
      intents.set(callId, segment);
      segment.openIntents += 1;
    } else if (kind === 'outcome') {
      const at = intents.get(callId);
      if (at) at.openIntents -= 1;
      intents.delete(callId);
    }
  };
  const spool: Spool = {
    spoolId,
    onAppend: undefined,
    get pendingFrames() {
      return entries.length - firstEntry;
    },
    get pendingBytes() {
      return pendingBytes;
    },
    addBacklog: account,
    roomFor(tenantId) {
      if (pendingBytes > input.limitBytes * 0.95) return 'spool_full';
      return (byTenant.get(tenantId) ?? 0) > input.limitBytes * tenantShare ? 'tenant_share' : 'free';
    },
    append: (frame) => spool.appendText(encodeFrame(frame), aboutOf(frame)),
    appendText(text, about) {
      if (isBroken || active.bytes >= segmentBytes) rotate();
      const before = active.bytes;
      try {
        chain = active.write(text, chain);
      } catch (error) {
        // The stream of this file is out of step now; the frame does not exist.
        isBroken = true;
        throw error;
      }
      lastSeq += 1;
      pair(about, active);
      const { tenantId } = about;
      const bytes = active.bytes - before;
      account(tenantId, bytes);
      const isKept = keptCharacters < maxKeptCharacters;
      if (isKept) keptCharacters += text.length;
      entries.push({ seq: lastSeq, chain, text: isKept ? text : undefined, tenantId, bytes });
      sync.touch();
      spool.onAppend?.();
    },
    synced: () => sync.wait(),
    pending(maxFrames, maxBytes) {
      const found: SegmentFrame[] = [];
      let bytes = 0;
      for (
        let at = firstEntry;
        at < entries.length && found.length < maxFrames && bytes < maxBytes;
        at += 1
      ) {
        const entry = entries[at];
        if (!entry) break;
        if (entry.text === undefined) reload(entry.seq);
        if (entry.text === undefined) break;
        bytes += entry.text.length;
        found.push({ seq: entry.seq, chain: entry.chain, text: entry.text });
      }
      return found;
    },
    committed(seq) {
      for (let entry = entries[firstEntry]; entry && entry.seq <= seq; entry = entries[firstEntry]) {
        account(entry.tenantId, -entry.bytes);
        keptCharacters -= entry.text?.length ?? 0;
        firstEntry += 1;
      }
      if (firstEntry > 1_024 && firstEntry * 2 > entries.length) {
        entries = entries.slice(firstEntry);
        firstEntry = 0;
      }
      free();
    },
    async close() {
      await sync.close();
      active.close();
      const isDone = entries.length === firstEntry && intents.size === 0;
      if (isDone) rmSync(directory, { recursive: true, force: true });
    },
  };
  /** Brings the texts of one segment back into memory. */
  const reload = (seq: number): void => {
    const segment = segments.find((candidate) => candidate.startSeq <= seq && seq <= candidate.lastSeq);
    const read = segment && readSegment(readFileSync(segment.path), input.spoolKey);
    const texts = new Map(read?.frames.map((frame) => [frame.seq, frame.text]));
    for (let at = firstEntry; at < entries.length; at += 1) {
      const entry = entries[at];
      if (!entry || entry.seq > (segment?.lastSeq ?? 0)) break;
      if (entry.text !== undefined || !texts.has(entry.seq)) continue;
      entry.text = texts.get(entry.seq);
      keptCharacters += entry.text?.length ?? 0;
    }
  };
  return spool;
}

function aboutOf(frame: Frame): FrameAbout {
  return {
    kind: frame.kind,
    callId: 'callId' in frame ? frame.callId : '',
    tenantId: 'tenantId' in frame ? frame.tenantId : '',
  };
}

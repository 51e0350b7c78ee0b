import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodeFrame, type IntentFrame, type OutcomeFrame, stageNames } from '@sallyport/ledger';
import type { Logger } from '@sallyport/telemetry';
import { readSegment, type SegmentFrame } from './segment-format.ts';
import type { ShippableSpool } from './spool.ts';

/** A spool that an earlier process left behind. */
export interface OldSpool extends ShippableSpool {
  readonly isShipped: boolean;
  readonly bytesByTenant: ReadonlyMap<string, number>;
  remove(): void;
}

export interface Recovered {
  /** Oldest first: they are shipped in this order, so that an intent is never outlived by its outcome. */
  readonly spools: readonly OldSpool[];
  /** Intents whose process died before their outcome. */
  readonly unfinished: readonly IntentFrame[];
}

interface Source {
  /** The folder of all spools; what cannot be read is kept in `quarantine` beside it. */
  readonly root: string;
  readonly spoolKey: Uint8Array;
  readonly log: Logger;
}

/** Reads what earlier processes of this worker left; a torn tail is cut off, as if it had not been written. */
export function recoverSpools(input: Source): Recovered {
  mkdirSync(input.root, { recursive: true, mode: 0o700 });
  const spools: OldSpool[] = [];
  const open = new Map<string, IntentFrame>();
  const entries = readdirSync(input.root, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry;
    if (!entry.isDirectory()) {
      input.log.warn({ name }, 'not a spool; skipped');
      continue;
    }
    const directory = join(input.root, name);
    const { frames, isDamaged } = readDirectory(directory, input);
    if (isDamaged && frames.length === 0) {
      quarantine(directory, input);
      continue;
    }
    const bytesByTenant = takeIn(frames, open);
    spools.push(oldSpool(directory, { count: frames.length, isDamaged, bytesByTenant }, input));
  }
  return { spools, unfinished: [...open.values()] };
}

/** Notes which calls are open after these frames; gives the bytes of each tenant. */
function takeIn(frames: readonly SegmentFrame[], open: Map<string, IntentFrame>): Map<string, number> {
  const bytesByTenant = new Map<string, number>();
  for (const { text } of frames) {
    const frame = decodeFrame(text);
    if (frame?.kind === 'intent') open.set(frame.callId, frame);
    else if (frame?.kind === 'outcome') open.delete(frame.callId);
    const tenantId = frame && 'tenantId' in frame ? frame.tenantId : '';
    bytesByTenant.set(tenantId, (bytesByTenant.get(tenantId) ?? 0) + text.length);
  }
  return bytesByTenant;
}

interface ReadSpool {
  readonly frames: readonly SegmentFrame[];
  /** It holds something that could not be read, so it must not be deleted. */
  readonly isDamaged: boolean;
}

function readDirectory(directory: string, input: Source): ReadSpool {
  const frames: SegmentFrame[] = [];
  let isDamaged = false;
  const entries = readdirSync(directory, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name: file } = entry;
    if (!entry.isFile()) {
      isDamaged = true;
      input.log.error({ directory, file }, 'not a segment of the spool; skipped');
      continue;
    }
    const read = readSegment(readFileSync(join(directory, file)), input.spoolKey);
    if (!read || read.end === 'altered') {
      isDamaged = true;
      input.log.error(
        { directory, file, end: read?.end ?? 'unreadable' },
        'a segment of the spool is not what was written',
      );
    }
    for (const frame of read?.frames ?? []) frames.push(frame);
  }
  return { frames, isDamaged };
}

/** Puts a damaged spool aside: with the right key, or by hand, it may still be read. */
function quarantine(directory: string, input: Source): void {
  const kept = join(dirname(input.root), 'quarantine');
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  renameSync(directory, join(kept, basename(directory)));
  input.log.error({ spool: basename(directory), kept }, 'a damaged spool was put into quarantine');
}

function oldSpool(
  directory: string,
  facts: {
    readonly count: number;
    readonly isDamaged: boolean;
    readonly bytesByTenant: ReadonlyMap<string, number>;
  },
  input: Source,
): OldSpool {
  const { count, isDamaged, bytesByTenant } = facts;
  let left = count;
  // Read again when it is shipped: a long backlog is not kept in memory meanwhile.
  let frames: readonly SegmentFrame[] | undefined;
  let at = 0;
  return {
    spoolId: basename(directory).slice(15),
    bytesByTenant,
    get isShipped() {
      return left <= 0;
    },
    pending(maxFrames, maxBytes) {
      frames ??= readDirectory(directory, input).frames;
      const found: SegmentFrame[] = [];
      let bytes = 0;
      for (let next = at; next < frames.length && found.length < maxFrames && bytes < maxBytes; next += 1) {
        const frame = frames[next];
        if (!frame) break;
        found.push(frame);
        bytes += frame.text.length;
      }
      return found;
    },
    committed(seq) {
      while (frames && at < frames.length && (frames[at]?.seq ?? 0) <= seq) at += 1;
      left = count - at;
    },
    remove() {
      frames = undefined;
      if (isDamaged) quarantine(directory, input);
      else rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The outcome of a call that a crash cut: it may have reached the upstream, so nobody can say how it ended. */
export function unknownOutcome(intent: IntentFrame, nowMs: number): OutcomeFrame {
  return {
    ...intent,
    kind: 'outcome',
    at: nowMs,
    outcome: 'unknown',
    code: null,
    stage: 'dispatch',
    policyReason: null,
    resultDigest: null,
    resultBytes: 0,
    requestBytes: 0,
    findings: [],
    stageTimesUs: Array(stageNames.length * 2).fill(-1),
    upstreamUs: 0,
    client: null,
    protocolVersion: null,
    credential: null,
    incidentId: null,
    billable: false,
    bodies: null,
  };
}

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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

/** Reads what earlier processes of this worker left; a torn tail is cut off, as if it had not been written. */
export function recoverSpools(input: {
  readonly root: string;
  readonly spoolKey: Uint8Array;
  readonly log: Logger;
}): Recovered {
  mkdirSync(input.root, { recursive: true, mode: 0o700 });
  const spools: OldSpool[] = [];
  const open = new Map<string, IntentFrame>();
  for (const name of readdirSync(input.root).sort()) {
    const directory = join(input.root, name);
    const frames = readDirectory(directory, input);
    const bytesByTenant = new Map<string, number>();
    for (const { text } of frames) {
      const frame = decodeFrame(text);
      if (frame?.kind === 'intent') open.set(frame.callId, frame);
      else if (frame?.kind === 'outcome') open.delete(frame.callId);
      const tenantId = frame && 'tenantId' in frame ? frame.tenantId : '';
      bytesByTenant.set(tenantId, (bytesByTenant.get(tenantId) ?? 0) + text.length);
    }
    spools.push(oldSpool(directory, name.slice(15), frames.length, bytesByTenant, input));
  }
  return { spools, unfinished: [...open.values()] };
}

function readDirectory(
  directory: string,
  input: { readonly spoolKey: Uint8Array; readonly log: Logger },
): readonly SegmentFrame[] {
  const frames: SegmentFrame[] = [];
  for (const file of readdirSync(directory).sort()) {
    const read = readSegment(readFileSync(join(directory, file)), input.spoolKey);
    if (!read || read.end === 'altered') {
      input.log.error(
        { file, end: read?.end ?? 'unreadable' },
        'a segment of the spool is not what was written',
      );
    }
    for (const frame of read?.frames ?? []) frames.push(frame);
  }
  return frames;
}

function oldSpool(
  directory: string,
  spoolId: string,
  count: number,
  bytesByTenant: ReadonlyMap<string, number>,
  input: { readonly spoolKey: Uint8Array; readonly log: Logger },
): OldSpool {
  let left = count;
  // Read again when it is shipped: a long backlog is not kept in memory meanwhile.
  let frames: readonly SegmentFrame[] | undefined;
  let at = 0;
  return {
    spoolId,
    bytesByTenant,
    get isShipped() {
      return left <= 0;
    },
    pending(maxFrames, maxBytes) {
      frames ??= readDirectory(directory, input);
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
      rmSync(directory, { recursive: true, force: true });
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

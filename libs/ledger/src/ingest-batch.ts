import { isFrame } from './decode-frame.ts';
import type { IngestBatch, SpooledFrame } from './frames.ts';

/** Bounds of one batch; the receiver also caps the body in bytes before it parses. */
export const batchLimits = { maxFrames: 2_000, maxBytes: 8 * 1024 * 1024 } as const;

export type ParsedBatch =
  | { readonly kind: 'ok'; readonly batch: IngestBatch }
  | { readonly kind: 'refused'; readonly reason: string };

const namePattern = /^[A-Za-z0-9_.:-]{1,128}$/;
const chainPattern = /^[0-9a-f]{64}$/;

/** Reads an ingest batch from parsed JSON: exact shape, caps, sequences that go up by one, whole frames only. */
export function parseIngestBatch(value: unknown): ParsedBatch {
  if (!isObject(value) || Object.keys(value).length !== 3) return refuse('not a batch');
  const { workerId, spoolId, frames } = value;
  if (!isName(workerId) || !isName(spoolId)) return refuse('workerId or spoolId is not a name');
  if (!Array.isArray(frames)) return refuse('frames is not a list');
  if (frames.length > batchLimits.maxFrames) {
    return refuse(`${frames.length} frames, at most ${batchLimits.maxFrames} are taken at once`);
  }
  const spooled: SpooledFrame[] = [];
  for (const item of frames as readonly unknown[]) {
    const fault = faultOf(item, spooled.at(-1)?.seq);
    if (fault !== undefined) return refuse(`frame ${spooled.length}: ${fault}`);
    spooled.push(item as SpooledFrame);
  }
  return { kind: 'ok', batch: { workerId, spoolId, frames: spooled } };
}

function faultOf(item: unknown, previousSeq: number | undefined): string | undefined {
  if (!isObject(item) || Object.keys(item).length !== 3) return 'not a spooled frame';
  const { seq, chain, frame } = item;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1)
    return 'seq is not a positive integer';
  if (previousSeq !== undefined && seq !== previousSeq + 1) return `seq ${seq} follows ${previousSeq}`;
  if (typeof chain !== 'string' || !chainPattern.test(chain)) return 'chain is not a digest';
  return isFrame(frame) ? undefined : 'not a frame';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && namePattern.test(value);
}

function refuse(reason: string): ParsedBatch {
  return { kind: 'refused', reason };
}

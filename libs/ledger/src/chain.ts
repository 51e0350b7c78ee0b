import type { Sha256Hex } from '@sallyport/kernel';
import { encodeFrame } from './encode-frame.ts';
import type { SpooledFrame } from './frames.ts';

/** What stands before the first frame of a spool. */
export const firstChain = '0'.repeat(64);

/** The chain after one more frame: SHA-256 of the previous value and the frame's text. */
export function nextChain(sha256: Sha256Hex, previous: string, frameText: string): string {
  return sha256(previous + frameText);
}

/**
 * Checks frames of one spool that follow each other. Returns the sequence of the first frame whose chain value does
 * not fit, `undefined` when all fit.
 */
export function firstBrokenLink(input: {
  readonly sha256: Sha256Hex;
  /** Chain value of the frame before the first one. */
  readonly previous: string;
  readonly frames: readonly SpooledFrame[];
}): number | undefined {
  let chain = input.previous;
  for (const { seq, chain: claimed, frame } of input.frames) {
    chain = nextChain(input.sha256, chain, encodeFrame(frame));
    if (chain !== claimed) return seq;
  }
  return undefined;
}

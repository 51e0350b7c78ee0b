import type { Frame } from './frames.ts';

/**
 * A frame as one line of JSON text. The text is stable: decoding and encoding it again gives the same text, so the
 * chain over it can be checked by whoever holds only the decoded frame.
 */
export function encodeFrame(frame: Frame): string {
  return JSON.stringify(frame);
}

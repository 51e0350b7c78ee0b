import { randomUUID } from 'node:crypto';

let lastMs = -1;
let lastHead = '';

/** A version 7 UUID; the time part is made once per millisecond. */
export function newCallId(wallMs: number): string {
  if (wallMs !== lastMs) {
    lastMs = wallMs;
    const time = wallMs.toString(16).padStart(12, '0');
    lastHead = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  }
  // The random part of a version 4 UUID behind its version digit is exactly what version 7 wants there.
  return lastHead + randomUUID().slice(15);
}

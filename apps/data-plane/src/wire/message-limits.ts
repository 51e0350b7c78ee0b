/** Bounds of what an agent may send. */
export const requestLimits = {
  maxBodyBytes: 4 * 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  maxDepth: 64,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 75_000,
} as const;

/** Bodies larger than this are looked at for depth before they are parsed. */
const prescanBytes = 16 * 1024;

const quote = 0x22;
const backslash = 0x5c;

/** Whether brackets nest deeper than allowed in a large body: a bomb is found before anything is built from it. */
export function isTooDeep(body: Uint8Array, maxDepth: number): boolean {
  if (body.length < prescanBytes) return false;
  let depth = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === quote) at = endOfString(body, at + 1);
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}

function endOfString(body: Uint8Array, start: number): number {
  let at = start;
  while (at < body.length && body[at] !== quote) at += body[at] === backslash ? 2 : 1;
  return at;
}

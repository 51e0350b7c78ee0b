import type { Readable, Writable } from 'node:stream';

export interface LineLimits {
  readonly maxLineBytes: number;
}

/**
 * Calls `onLine` for each line of a stream. A longer line than allowed ends it with `onFault`: whoever speaks here
 * is not trusted with our memory.
 */
export function readLines(
  stream: Readable,
  limits: LineLimits,
  on: { readonly line: (text: string) => void; readonly fault: (reason: string) => void },
): void {
  let kept: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      kept.push(chunk.subarray(from, at));
      const line = Buffer.concat(kept).toString('utf8');
      kept = [];
      size = 0;
      from = at + 1;
      on.line(line);
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    if (size > limits.maxLineBytes) {
      stream.destroy();
      on.fault('line_too_long');
    } else if (rest.length > 0) kept.push(rest);
  });
}

/** Writes one message as a line; a stream that has closed is left alone. */
export function writeLine(stream: Writable, message: unknown): void {
  if (stream.writable) stream.write(`${JSON.stringify(message)}\n`);
}

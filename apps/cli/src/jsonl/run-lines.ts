import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type Line, readLines } from './read-lines.ts';

/** What one line became. */
export interface LineAnswer {
  readonly output: string;
  readonly isFault: boolean;
}

/** Longest line that is read. */
export const maxLineBytes = 16 * 1024 * 1024;

/** A line that could not be used, as the caller is told; never with the text of the line. */
export class LineFault extends Error {
  readonly id: string | number | null;
  constructor(sentence: string, id: string | number | null = null) {
    super(sentence);
    this.name = 'LineFault';
    this.id = id;
  }
}

interface LineRun {
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: Writable;
  /** Answers one line; throws `LineFault` for one it cannot use. */
  readonly handle: (text: string) => string;
  readonly maxBytes?: number;
}

/**
 * Answers every line of the input with one line of output, in order. Reads on only when the output took what it was
 * given, so memory stays flat however long the input is. Returns how many lines could not be used.
 */
export async function runLines({ input, output, handle, maxBytes = maxLineBytes }: LineRun): Promise<number> {
  let faults = 0;
  for await (const lines of readLines(input, maxBytes)) {
    for (const line of lines) {
      const answer = answerLine(line, handle);
      if (answer.isFault) faults += 1;
      if (!output.write(`${answer.output}\n`)) await once(output, 'drain');
    }
  }
  return faults;
}

function answerLine(line: Line, handle: LineRun['handle']): LineAnswer {
  try {
    if (line.kind === 'too_long')
      throw new LineFault(`line is longer than ${line.maxBytes} bytes; split the record`);
    return { output: handle(line.text), isFault: false };
  } catch (error) {
    const fault = error instanceof LineFault ? error : new LineFault('the record could not be judged');
    return { output: JSON.stringify({ id: fault.id, error: fault.message }), isFault: true };
  }
}

/** A reader that closes early (`| head`) is no fault. */
export function endQuietly(output: Writable): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
}

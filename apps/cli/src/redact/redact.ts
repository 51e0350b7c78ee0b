import type { SensitiveType } from '@sallyport/detection';
import { readObject } from '../jsonl/read-object.ts';
import { endQuietly, LineFault, runLines } from '../jsonl/run-lines.ts';
import { maskText } from './mask-text.ts';
import { readRedactOptions, redactUsage } from './redact-options.ts';

/** `sallyport redact`: finds and masks secrets and personal data; returns the exit code. */
export async function redact(args: readonly string[]): Promise<number> {
  const options = readRedactOptions(args);
  if (options.kind === 'help') {
    process.stdout.write(redactUsage);
    return 0;
  }
  if (options.kind === 'wrong') {
    process.stderr.write(`${options.reason}\n\n${redactUsage}`);
    return 2;
  }
  endQuietly(process.stdout);
  if (options.kind === 'text') {
    process.stdout.write(`${maskText(options.text, options).text}\n`);
    return 0;
  }
  const faults = await runLines({
    input: process.stdin,
    output: process.stdout,
    handle: (line) => redactLine(line, options.types),
  });
  return faults === 0 ? 0 : 1;
}

/** Answers one line of input. */
function redactLine(line: string, types: ReadonlySet<SensitiveType>): string {
  const { id, members } = readObject(line);
  if (typeof members['text'] !== 'string') throw new LineFault('"text" must be a string', id);
  const { spans, text } = maskText(members['text'], { types });
  return JSON.stringify({ id, spans: spans.map(({ start, end, type }) => ({ start, end, type })), text });
}

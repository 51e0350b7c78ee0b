import {
  findSensitive,
  type RedactionPolicy,
  redactText,
  type SensitiveType,
  uniformPolicy,
} from '@sallyport/detection';
import { readObject } from '../jsonl/read-object.ts';
import { endQuietly, LineFault, runLines } from '../jsonl/run-lines.ts';
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
  const policy = maskOnly(options.types);
  if (options.kind === 'text') {
    process.stdout.write(`${masked(options.text, policy)}\n`);
    return 0;
  }
  const faults = await runLines({
    input: process.stdin,
    output: process.stdout,
    handle: (line) => redactLine(line, { types: options.types, policy }),
  });
  return faults === 0 ? 0 : 1;
}

interface RedactRun {
  readonly types: ReadonlySet<SensitiveType>;
  readonly policy: RedactionPolicy;
}

/** Answers one line of input. */
function redactLine(line: string, { types, policy }: RedactRun): string {
  const { id, members } = readObject(line);
  const { text } = members;
  if (typeof text !== 'string') throw new LineFault('"text" must be a string', id);
  const spans = findSensitive(text, { types, maxUnits: text.length }).map(({ start, end, type }) => ({
    start,
    end,
    type,
  }));
  return JSON.stringify({ id, spans, text: spans.length === 0 ? text : masked(text, policy) });
}

/** A line is looked at to its end: a command has the time that a call has not. */
function masked(text: string, policy: RedactionPolicy): string {
  return redactText(text, policy, null, { maxUnits: text.length }).value;
}

function maskOnly(types: ReadonlySet<SensitiveType>): RedactionPolicy {
  const byType = Object.fromEntries([...types].map((type) => [type, 'mask']));
  return { byClass: uniformPolicy('allow').byClass, byType: byType as RedactionPolicy['byType'] };
}

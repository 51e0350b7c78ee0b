import type { Detector } from '@sallyport/detection';
import { isObject } from '../jsonl/read-object.ts';
import { endQuietly, LineFault, maxLineBytes, runLines } from '../jsonl/run-lines.ts';
import { detectUsage, readDetectOptions } from './detect-options.ts';
import { explainVerdict } from './explain.ts';
import { judgeRecord, verdictLine } from './judge-record.ts';
import { loadDetector } from './load-detector.ts';
import { type DetectRecord, type RecordSurface, readRecord } from './read-record.ts';

/** `sallyport detect`: judges records or one text; returns the exit code. */
export async function detect(args: readonly string[]): Promise<number> {
  const options = readDetectOptions(args);
  if (options.kind === 'help') return print(process.stdout, detectUsage, 0);
  if (options.kind === 'wrong') return print(process.stderr, `${options.reason}\n\n${detectUsage}`, 2);
  endQuietly(process.stdout);
  let detector: Detector;
  try {
    detector = loadDetector();
  } catch (error) {
    return print(process.stderr, `${error instanceof Error ? error.message : String(error)}\n`, 3);
  }
  if (options.kind === 'text') return detectText(detector, options);
  const faults = await runLines({
    input: process.stdin,
    output: process.stdout,
    handle: (line) => {
      const { id, record } = readRecord(line, options.surface);
      return judged(detector, { id, record, isExplained: options.isExplained });
    },
  });
  return faults === 0 ? 0 : 1;
}

interface Judging {
  readonly id: string | number | null;
  readonly record: DetectRecord;
  readonly isExplained: boolean;
}

function judged(detector: Detector, { id, record, isExplained }: Judging): string {
  try {
    const verdict = judgeRecord(detector, record);
    return isExplained ? explainVerdict({ id, surface: record.surface }, verdict) : verdictLine(id, verdict);
  } catch {
    throw new LineFault('the record could not be judged', id);
  }
}

async function detectText(
  detector: Detector,
  {
    text,
    surface,
    isExplained,
  }: { readonly text: string; readonly surface: RecordSurface; readonly isExplained: boolean },
): Promise<number> {
  try {
    const record = recordOfText(text === '-' ? await readAll() : text, surface);
    return print(process.stdout, `${judged(detector, { id: null, record, isExplained })}\n`, 0);
  } catch (error) {
    if (!(error instanceof LineFault)) throw error;
    return print(process.stderr, `${error.message}\n`, 1);
  }
}

async function readAll(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxLineBytes) throw new LineFault(`the text is longer than ${maxLineBytes} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Definitions and arguments are given as JSON; the rest is a text as it stands. */
function recordOfText(text: string, surface: RecordSurface): DetectRecord {
  if (surface !== 'tool_definition' && surface !== 'tool_args') return { surface, text, tool: null };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LineFault(`a ${surface} is given as JSON`);
  }
  if (surface === 'tool_args') return { surface, args: value, tool: null };
  if (!isObject(value)) throw new LineFault('a tool_definition is a JSON object');
  return { surface, tool: value, context: {} };
}

function print(to: NodeJS.WriteStream, text: string, code: number): number {
  to.write(text);
  return code;
}

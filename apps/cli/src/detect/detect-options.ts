import { parseArgs } from 'node:util';
import { isRecordSurface, type RecordSurface, recordSurfaces } from './read-record.ts';

export type DetectOptions =
  | { readonly kind: 'jsonl'; readonly surface: RecordSurface | null; readonly isExplained: boolean }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly surface: RecordSurface;
      readonly isExplained: boolean;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

export const detectUsage = `sallyport detect --jsonl [--surface SURFACE] [--explain]   records on stdin, one JSON object a line
sallyport detect --text TEXT [--surface SURFACE] [--explain]
sallyport detect --text - …                              the text comes on stdin

Judges with the rules and the model that ship; needs no server. A line of input gives one line of output, in order:
  {"id","score","flagged","findings":[{"code","severity","tier","confidence","path","start","end"}]}
A line that cannot be used gives {"id","error"}.

  --surface   ${recordSurfaces.join(' | ')}
              of a text (else tool_result), or of records that name none
  --explain   for people: titles and evidence, secrets masked

Exit: 0 all judged · 1 some line could not be used · 2 wrong usage · 3 the model cannot be read
`;

const wrong = (reason: string): DetectOptions => ({ kind: 'wrong', reason });

/** Reads the words after `detect`. */
export function readDetectOptions(args: readonly string[]): DetectOptions {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'unknown option');
  }
  const { jsonl, text, surface, explain, help } = values;
  if (help) return { kind: 'help' };
  if (surface !== undefined && !isRecordSurface(surface))
    return wrong(`--surface must be one of ${recordSurfaces.join(', ')}`);
  if (jsonl === (text !== undefined)) return wrong('give either --jsonl or --text');
  if (text === undefined) return { kind: 'jsonl', surface: surface ?? null, isExplained: explain };
  return { kind: 'text', text, surface: surface ?? 'tool_result', isExplained: explain };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      jsonl: { type: 'boolean', default: false },
      text: { type: 'string' },
      surface: { type: 'string' },
      explain: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

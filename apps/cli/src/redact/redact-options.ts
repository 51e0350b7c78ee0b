import { parseArgs } from 'node:util';
import {
  classOf,
  isSensitiveType,
  type SensitiveClass,
  type SensitiveType,
  sensitiveClasses,
  sensitiveTypes,
} from '@sallyport/detection';

export type RedactOptions =
  | { readonly kind: 'jsonl'; readonly types: ReadonlySet<SensitiveType> }
  | { readonly kind: 'text'; readonly text: string; readonly types: ReadonlySet<SensitiveType> }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

export const redactUsage = `sallyport redact --jsonl [--types LIST]   {"id","text"} on stdin, one JSON object a line
sallyport redact --text TEXT [--types LIST]

Finds secrets and personal data, and masks them; needs no server. A line of input gives one line of output, in order:
  {"id","spans":[{"start","end","type"}],"text"}      offsets in UTF-16 units of the text that came, end exclusive
A line that cannot be used gives {"id","error"}.

  --types     only these, comma separated: types (EMAIL,CREDIT_CARD,…) or classes
              (${sensitiveClasses.join(', ')}); everything without it, names of people included

Exit: 0 all done · 1 some line could not be used · 2 wrong usage
`;

const wrong = (reason: string): RedactOptions => ({ kind: 'wrong', reason });

/** Reads the words after `redact`. */
export function readRedactOptions(args: readonly string[]): RedactOptions {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'unknown option');
  }
  const { jsonl, text, types: list, help } = values;
  if (help) return { kind: 'help' };
  if (jsonl === (text !== undefined)) return wrong('give either --jsonl or --text');
  const words = list?.split(',').map((word) => word.trim()) ?? [...sensitiveClasses];
  const unknown = words.find((word) => !isClass(word) && !isSensitiveType(word));
  if (unknown !== undefined) return wrong(`there is no type or class ${JSON.stringify(unknown)}`);
  const types = new Set(
    sensitiveTypes.filter((type) => words.includes(type) || words.includes(classOf(type))),
  );
  return text === undefined ? { kind: 'jsonl', types } : { kind: 'text', text, types };
}

function isClass(word: string): word is SensitiveClass {
  return (sensitiveClasses as readonly string[]).includes(word);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      jsonl: { type: 'boolean', default: false },
      text: { type: 'string' },
      types: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

import type { DefinitionContext, ToolFacts } from '@sallyport/detection';
import { isObject, readObject } from '../jsonl/read-object.ts';
import { LineFault } from '../jsonl/run-lines.ts';

/** Where a text stands, as records name it. */
export const recordSurfaces = ['tool_definition', 'tool_result', 'tool_args', 'resource', 'prompt'] as const;
export type RecordSurface = (typeof recordSurfaces)[number];

/** One thing to judge. */
export type DetectRecord =
  | { readonly surface: 'tool_definition'; readonly tool: unknown; readonly context: DefinitionContext }
  | { readonly surface: 'tool_args'; readonly args: unknown; readonly tool: ToolFacts | null }
  | {
      readonly surface: 'tool_result' | 'resource' | 'prompt';
      readonly text: unknown;
      readonly tool: ToolFacts | null;
    };

/** Whether a word names a surface. */
export function isRecordSurface(word: unknown): word is RecordSurface {
  return (recordSurfaces as readonly unknown[]).includes(word);
}

/**
 * Reads one record; `fallback` is the surface of records that name none.
 * @throws LineFault
 */
export function readRecord(
  line: string,
  fallback: RecordSurface | null,
): { readonly id: string | number | null; readonly record: DetectRecord } {
  const { id, members } = readObject(line);
  const surface = members['surface'] ?? fallback;
  if (!isRecordSurface(surface))
    throw new LineFault(`"surface" must be one of ${recordSurfaces.join(', ')}`, id);
  return { id, record: recordOf(surface, members, id) };
}

function recordOf(
  surface: RecordSurface,
  members: Readonly<Record<string, unknown>>,
  id: string | number | null,
): DetectRecord {
  const context = isObject(members['context']) ? members['context'] : {};
  if (surface === 'tool_definition') {
    if (!isObject(members['tool'])) throw new LineFault('a tool_definition needs an object "tool"', id);
    return { surface, tool: members['tool'], context: definitionContext(context) };
  }
  const tool = toolFacts(members['tool']) ?? toolFacts(context['tool']);
  if (surface === 'tool_args') {
    if (members['args'] === undefined) throw new LineFault('tool_args need "args"', id);
    return { surface, args: members['args'], tool };
  }
  if (members['text'] === undefined) throw new LineFault(`a ${surface} needs "text"`, id);
  return { surface, text: members['text'], tool };
}

function toolFacts(value: unknown): ToolFacts | null {
  if (!isObject(value) || typeof value['name'] !== 'string') return null;
  const { name, description, inputSchema, tags } = value;
  return {
    name,
    ...(typeof description === 'string' ? { description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(isStrings(tags) ? { tags } : {}),
  };
}

function definitionContext(context: Readonly<Record<string, unknown>>): DefinitionContext {
  const { server, previous, knownServers, knownTools } = context;
  return {
    ...(typeof server === 'string' ? { server } : {}),
    ...(previous === undefined || previous === null ? {} : { previous }),
    ...(isStrings(knownServers) ? { knownServers } : {}),
    ...(isTools(knownTools) ? { knownTools } : {}),
  };
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isTools(value: unknown): value is readonly { readonly server: string; readonly name: string }[] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) => isObject(entry) && typeof entry['server'] === 'string' && typeof entry['name'] === 'string',
    )
  );
}

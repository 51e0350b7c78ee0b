import { isJsonObject, type WireObject } from '@sallyport/mcp';
import { inspectionLimits } from './inspection-limits.ts';

/** A text that a model will read right behind what came before, and where it stands. */
export interface NextText {
  readonly text: string;
  readonly path: string;
}

const members: Readonly<Record<string, string>> = {
  'notifications/progress': 'message',
  'notifications/message': 'data',
  'notifications/tasks/status': 'statusMessage',
};

/** What a notification says to whoever reads it; `undefined` = nothing in words. */
export function textOfNotification(method: string, params: WireObject | undefined): NextText | undefined {
  const member = Object.hasOwn(members, method) ? members[method] : undefined;
  if (member === undefined || params === undefined) return undefined;
  return firstText(params[member], `/${member}`);
}

/** The first words of a result. */
export function textOfResult(result: WireObject): NextText | undefined {
  const { content } = result;
  if (!Array.isArray(content)) return undefined;
  for (const [at, block] of content.entries())
    if (isJsonObject(block) && typeof block.text === 'string')
      return { text: block.text, path: `/content/${at}/text` };
  return undefined;
}

function firstText(value: unknown, path: string): NextText | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { text: value, path };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = firstText(inner, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (found) return found;
  }
  return undefined;
}

/** The end of all that was said so far. */
export function carryOn(carry: string, text: string): string {
  const said = text.length >= inspectionLimits.carry ? text : carry + text;
  return said.slice(-inspectionLimits.carry);
}

/** The seam between two pieces: the end of the one and the beginning of the other. */
export interface Seam {
  readonly text: string;
  /** Where the second piece begins. */
  readonly at: number;
}

/** Joined as they are, for secrets and words that were cut; and with a space, for phrases cut between words. */
export function seamsOf(carry: string, next: string): readonly Seam[] {
  if (carry === '' || next === '') return [];
  const head = next.slice(0, inspectionLimits.carry);
  return [
    { text: carry + head, at: carry.length },
    { text: `${carry} ${head}`, at: carry.length + 1 },
  ];
}

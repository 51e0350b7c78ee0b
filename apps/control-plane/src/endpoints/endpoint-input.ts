import { AppError } from '@sallyport/kernel';
import { findRenameFault, maxRenameLength } from '@sallyport/mcp';
import { readName } from '../platform/reason.ts';
import { endpointLimits } from './endpoint-limits.ts';

export type Selection = 'all' | 'chosen';
export type Naming = 'prefixed' | 'plain';

/** What an endpoint says about one capability. */
export interface ItemDraft {
  readonly toolId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly hidden: boolean;
}

/** Everything about an endpoint that may be edited. */
export interface EndpointDraft {
  readonly name: string;
  readonly selection: Selection;
  readonly naming: Naming;
  readonly toolSearch: boolean;
  readonly items: readonly ItemDraft[];
}

const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
/** Path segments of our own, now or soon. */
const reservedSlugs: ReadonlySet<string> = new Set([
  'key',
  'mcp',
  'sse',
  'messages',
  'auth',
  'oauth',
  'graphql',
  'live',
  'internal',
  'healthz',
  'readyz',
  'metrics',
  'new',
]);

/** @throws AppError `invalid_input` */
export function readSlug(text: string): string {
  const slug = text.trim();
  const reason = reservedSlugs.has(slug) ? 'reserved' : 'pattern';
  if (reason === 'pattern' && slugPattern.test(slug)) return slug;
  throw new AppError('invalid_input', 'a slug has 1 to 40 of a-z, 0-9 and -, and is not reserved', {
    details: { field: 'slug', reason, max: 40 },
  });
}

function readRename(text: string | null | undefined): string | null {
  const name = text?.trim() ?? '';
  if (name === '') return null;
  const reason = findRenameFault(name);
  if (reason === undefined) return name;
  const says = {
    pattern: `a name has 1 to ${maxRenameLength} of A-Z, a-z, 0-9, _ and -`,
    prefix: 'a name has no `__`: that is kept for the prefixes of servers',
  } as const;
  throw new AppError('invalid_input', says[reason], {
    details: { field: 'name', reason, name: name.slice(0, 100), max: maxRenameLength },
  });
}

function readDescription(text: string | null | undefined): string | null {
  const description = text?.trim() ?? '';
  if (description === '') return null;
  const max = endpointLimits.descriptionLength;
  if (description.length <= max && description.isWellFormed()) return description;
  throw new AppError('invalid_input', `a description has at most ${max} characters`, {
    details: { field: 'description', length: description.length, max },
  });
}

interface RawItem {
  readonly toolId: string;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly hidden?: boolean | null;
}

/**
 * Reads the items of an endpoint; sorted by capability, so the same endpoint always reads the same.
 * @throws AppError `invalid_input`
 */
export function readItems(raw: readonly RawItem[]): readonly ItemDraft[] {
  if (raw.length > endpointLimits.items) {
    throw new AppError('invalid_input', `an endpoint has at most ${endpointLimits.items} items`, {
      details: { field: 'items', count: raw.length, max: endpointLimits.items },
    });
  }
  const items = raw.map(({ toolId, name, description, hidden }) => ({
    toolId,
    name: readRename(name),
    description: readDescription(description),
    hidden: hidden ?? false,
  }));
  if (new Set(items.map((item) => item.toolId)).size < items.length) {
    throw new AppError('invalid_input', 'a capability is named twice', {
      details: { field: 'items', reason: 'twice' },
    });
  }
  const length = items.reduce((sum, item) => sum + (item.description?.length ?? 0), 0);
  if (length > endpointLimits.descriptionsLength) {
    const max = endpointLimits.descriptionsLength;
    throw new AppError('invalid_input', `the descriptions of an endpoint have at most ${max} characters`, {
      details: { field: 'description', length, max },
    });
  }
  return items.sort((a, b) => (a.toolId < b.toolId ? -1 : 1));
}

/** @throws AppError `invalid_input` */
export function readDraft(input: {
  readonly name: string;
  readonly selection: Selection;
  readonly naming: Naming;
  readonly toolSearch: boolean;
  readonly items: readonly RawItem[];
}): EndpointDraft {
  const { selection, naming, toolSearch } = input;
  const items = readItems(input.items);
  // An item of an endpoint that shows everything says only what differs; one that differs in nothing is not kept.
  const kept =
    selection === 'chosen'
      ? items
      : items.filter((item) => item.name !== null || item.description !== null || item.hidden);
  return { name: readName(input.name), selection, naming, toolSearch, items: kept };
}

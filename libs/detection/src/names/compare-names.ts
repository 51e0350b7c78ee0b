import { skeleton } from '../normalize.ts';
import { editDistance } from './edit-distance.ts';

/** `imitates`: the same to the eye, or with a boast added; `similar`: close enough to be mistaken. */
export type NameLikeness = 'imitates' | 'similar';

const boasts =
  /^(?:official|verified|real|original|secure|true|trusted|the|my|new)-|-(?:official|verified|real|original|secure|trusted|new|v2|pro|plus|org|inc|team|hq)$/;

/** How a server's name compares to one it is not: by skeleton, by boast, by edits. */
export function compareServerNames(mine: string, theirs: string): NameLikeness | undefined {
  const a = plainName(mine);
  const b = plainName(theirs);
  if (b.length < 4 || mine === theirs) return undefined;
  if (a === b || a.replace(boasts, '') === b) return 'imitates';
  const allowed = b.length >= 10 ? 2 : b.length >= 6 ? 1 : 0;
  const isNumbered = a.replace(/\d+/g, '') === b.replace(/\d+/g, '');
  if (allowed > 0 && !isNumbered && editDistance(a, b, allowed) <= allowed) return 'similar';
  return isSameCore(a, b) ? 'similar' : undefined;
}

/** A name in plain letters, its words joined by `-`. */
export function plainName(name: string): string {
  return skeleton(name.slice(0, 128))
    .replace(/[\s_.]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

const fillers: ReadonlySet<string> = new Set([
  'mcp',
  'server',
  'servers',
  'remote',
  'service',
  'tools',
  'tool',
  'api',
  'client',
  'connector',
  'plugin',
  'app',
  'official',
  'cloud',
]);

/** The same words but for those that any server has, in one piece or in several; or those words with a typo. */
function isSameCore(a: string, b: string): boolean {
  const mine = coreOf(a);
  const theirs = coreOf(b);
  if (theirs.length < 4 || mine.length < 3) return false;
  if (mine === theirs) return true;
  return (
    theirs.length >= 6 &&
    mine.replace(/\d+/g, '') !== theirs.replace(/\d+/g, '') &&
    editDistance(mine, theirs, 1) <= 1
  );
}

function coreOf(plain: string): string {
  return plain
    .split('-')
    .filter((word) => !fillers.has(word))
    .join('');
}

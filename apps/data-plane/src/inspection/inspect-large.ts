import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspectionLimits } from './inspection-limits.ts';
import { type SlicePlace, type Step, unwrapSlice, wrapSlice } from './slice-place.ts';
import { weigh } from './weigh.ts';

/** What is done with each slice of a large value. */
export interface SliceWork {
  /** Looks at a part, in its place, and gives it back as it may go on. */
  part(wrapped: unknown, place: SlicePlace): unknown;
  /** Looks at a window of a long text. */
  window(wrapped: unknown, place: SlicePlace): void;
  /** Takes out of a long text what was found in its windows. */
  maskLong(text: string, trail: readonly Step[]): string;
  /** Where a long text may be cut before the limit: nothing sensitive lies across. */
  cutAt(text: string, from: number, limit: number): number;
  /** Redacts a piece of a long text. */
  piece(wrapped: unknown, place: SlicePlace): unknown;
  /** Too much: what is from here on goes on unseen. */
  truncated(trail: readonly Step[]): void;
}

interface Walk {
  readonly work: SliceWork;
  readonly nowMs: () => number;
  unitsLeft: number;
  msLeft: number;
}

export interface LargeLimits {
  readonly maxUnits?: number;
  readonly maxMs?: number;
  readonly nowMs?: () => number;
}

type Trail = readonly Step[];

/** Looks at a large JSON value slice by slice, and serves others in between. @returns the value as it may go on */
export async function inspectLarge(
  value: unknown,
  work: SliceWork,
  limits: LargeLimits = {},
): Promise<unknown> {
  const { maxUnits = inspectionLimits.maxUnits, maxMs = inspectionLimits.maxMs, nowMs = elapsedMs } = limits;
  const walk: Walk = { work, nowMs, unitsLeft: maxUnits, msLeft: maxMs };
  const seen = await visit(walk, value, []);
  if (walk.unitsLeft < 0) work.truncated([]);
  return seen;
}

const elapsedMs = (): number => performance.now();

/** Does a piece of the work and counts its time; when all of it is spent, nothing more is looked at. */
function timed<T>(walk: Walk, work: () => T): T {
  const since = walk.nowMs();
  try {
    return work();
  } finally {
    walk.msLeft -= walk.nowMs() - since;
    if (walk.msLeft < 0) walk.unitsLeft = -1;
  }
}

function visit(walk: Walk, value: unknown, trail: Trail): Promise<unknown> {
  if (typeof value === 'string') return visitText(walk, value, trail);
  if (Array.isArray(value)) return visitArray(walk, value, trail);
  return visitObject(walk, value as Readonly<Record<string, unknown>>, trail);
}

/** Whether there is still something to spend; takes a turn of the event loop. */
async function spend(walk: Walk, units: number): Promise<boolean> {
  if (walk.unitsLeft < units) walk.unitsLeft = -1;
  if (walk.unitsLeft < 0) return false;
  walk.unitsLeft -= units;
  await nextTurn();
  return true;
}

async function visitArray(walk: Walk, items: readonly unknown[], trail: Trail): Promise<unknown> {
  const { slice } = inspectionLimits;
  const out: unknown[] = [];
  let group: unknown[] = [];
  let weight = 0;
  const flush = async (): Promise<void> => {
    if (group.length === 0) return;
    const firstItem = out.length;
    out.push(...((await visitGroup(walk, { group, weight, trail, firstItem })) as readonly unknown[]));
    group = [];
    weight = 0;
  };
  for (const [at, item] of items.entries()) {
    const units = weigh(item, slice);
    if (weight + units > slice) await flush();
    if (units > slice) out.push(await visit(walk, item, [...trail, { key: String(at), inArray: true }]));
    else {
      group.push(item);
      weight += units;
    }
  }
  await flush();
  return out;
}

async function visitObject(
  walk: Walk,
  members: Readonly<Record<string, unknown>>,
  trail: Trail,
): Promise<unknown> {
  const { slice } = inspectionLimits;
  const out: Record<string, unknown> = {};
  const put = createPutter(out);
  let group: Record<string, unknown> = {};
  let weight = 0;
  const flush = async (): Promise<void> => {
    if (weight === 0) return;
    const seen = await visitGroup(walk, { group, weight, trail, firstItem: null });
    for (const [name, member] of Object.entries(seen as object)) put(name, member);
    group = {};
    weight = 0;
  };
  for (const name of Object.keys(members)) {
    const member = members[name];
    const units = name.length + weigh(member, slice);
    if (weight + units > slice) await flush();
    if (units <= slice) {
      group[name] = member;
      weight += units;
      continue;
    }
    const shown = await visitName(walk, name, trail);
    const isDeep = typeof member === 'string' || (typeof member === 'object' && member !== null);
    put(shown, isDeep ? await visit(walk, member, [...trail, { key: name, inArray: false }]) : member);
  }
  await flush();
  return out;
}

/** A name whose member is looked at in slices of its own. */
async function visitName(walk: Walk, name: string, trail: Trail): Promise<string> {
  // Nobody has such a name for anything: it is looked at as what it is, a long text.
  if (name.length > inspectionLimits.slice) return String(await visitText(walk, name, trail));
  const group = { [name]: null };
  const seen = await visitGroup(walk, { group, weight: name.length, trail, firstItem: null });
  return Object.keys(seen as object)[0] ?? name;
}

/** Sets members; two names that became one stay two. */
function createPutter(out: Record<string, unknown>): (name: string, member: unknown) => void {
  const counts = new Map<string, number>();
  return (name, member) => {
    let free = name;
    while (Object.hasOwn(out, free)) {
      const count = (counts.get(name) ?? 1) + 1;
      counts.set(name, count);
      free = `${name}_${count}`;
    }
    out[free] = member;
  };
}

async function visitGroup(
  walk: Walk,
  part: {
    readonly group: unknown;
    readonly weight: number;
    readonly trail: Trail;
    readonly firstItem: number | null;
  },
): Promise<unknown> {
  const { group, trail, firstItem } = part;
  if (!(await spend(walk, part.weight))) return group;
  const wrapped = wrapSlice(trail, group);
  return unwrapSlice(
    trail,
    timed(walk, () => walk.work.part(wrapped, { trail, firstItem, offset: 0 })),
  );
}

/** A long text: looked at in windows that overlap, redacted in pieces that do not. */
async function visitText(walk: Walk, text: string, trail: Trail): Promise<unknown> {
  const { slice, overlap } = inspectionLimits;
  const { work } = walk;
  const end = Math.min(text.length, Math.max(0, walk.unitsLeft));
  for (let from = 0; from < end; from += slice - overlap) {
    const window = text.slice(from, Math.min(end, from + slice));
    const isPaid = await spend(walk, Math.min(slice - overlap, window.length));
    if (!isPaid) break;
    timed(walk, () => work.window(wrapSlice(trail, window), { trail, firstItem: null, offset: from }));
    if (from + slice >= end) break;
  }
  if (end < text.length) walk.unitsLeft = -1;
  const masked = work.maskLong(text.slice(0, end), trail);
  return (await redactPieces(walk, masked, trail)) + text.slice(end);
}

async function redactPieces(walk: Walk, text: string, trail: Trail): Promise<string> {
  const { work } = walk;
  const { slice } = inspectionLimits;
  let out = '';
  for (let from = 0; from < text.length; ) {
    if (walk.msLeft < 0) return out + text.slice(from);
    const start = from;
    const cut = timed(walk, () => work.cutAt(text, start, start + slice));
    const piece = wrapSlice(trail, text.slice(from, cut));
    await nextTurn();
    const seen = timed(walk, () => work.piece(piece, { trail, firstItem: null, offset: start }));
    out += String(unwrapSlice(trail, seen));
    from = cut;
    await nextTurn();
  }
  return out;
}

/** What a value costs when it is looked at in one go. */
export function isLarge(value: unknown): boolean {
  return weigh(value, inspectionLimits.maxAtOnce) > inspectionLimits.maxAtOnce;
}

import { type Detector, type PayloadSurface, redactJson } from '@sallyport/detection';
import { type Call, type Stop, stop } from '../call/call.ts';
import { askDeeper } from './ask-deeper.ts';
import { noteFindings, ownFinding } from './call-finding.ts';
import { type NextText, seamsOf } from './carry.ts';
import type { Deeper } from './deeper.ts';
import { inspectLarge, isLarge } from './inspect-large.ts';
import { createRun, type InspectionRun } from './inspection-run.ts';
import { judgeBy } from './judge-by.ts';
import type { Direction, ToolInspection } from './tenant-inspection.ts';
import type { BookOwner, TokenBooks, TokenDraft } from './token-books.ts';

/** A call that is far enough to be inspected: its capability is known and permitted. */
export type Inspectable = Call<'resolved'>;

/** Something on its way through, in one direction. */
export interface Piece {
  readonly direction: Direction;
  readonly surface: PayloadSurface | 'arguments';
  readonly value: unknown;
  /** Of the value, where there is one: what replaces parts of it keeps to it. */
  readonly schema?: unknown;
  /** More of it than can be looked at. */
  readonly isCut?: boolean;
  /** A text in it that is read right behind what the call said before. */
  readonly next?: NextText | undefined;
}

/** The value as it may go on, or why it may not. */
export type Inspected =
  | { readonly kind: 'passed'; readonly value: unknown }
  | { readonly kind: 'blocked'; readonly stop: Stop };

type MaybeLater<T> = T | Promise<T>;

/** Looks at what passes, both ways: judges it, takes out what must not go on, and notes on the call what was found. */
export interface Inspector {
  inspect(call: Inspectable, piece: Piece): MaybeLater<Inspected>;
  readonly books: TokenBooks;
}

export interface InspectorDeps {
  readonly detector: Detector;
  readonly books: TokenBooks;
  readonly deeper: Deeper;
}

/** Another worker gave out tokens in the same session at the same moment; so often it is tried again. */
const maxTries = 3;

/** Makes the inspector of a process. */
export function createInspector(deps: InspectorDeps): Inspector {
  return {
    books: deps.books,
    inspect(call, piece) {
      const tool = call.tenant.inspection.of(call.tool);
      if (isPlain(deps, call, piece, tool)) return { kind: 'passed', value: piece.value };
      if (!isActing(call, piece.direction) || !givesTokens(tool, piece.direction)) {
        const run = begin(deps, call, { piece, tool, draft: null });
        return settle(deps, call, { run, piece, value: carryOut(run, piece) });
      }
      return withTokens(deps, call, { piece, tool, tries: 1 });
    },
  };
}

/** Nearly everything that passes is small, and nothing is in it: that is all to be known of it, and nothing is made for it. */
function isPlain(deps: InspectorDeps, call: Inspectable, piece: Piece, tool: ToolInspection): boolean {
  const { value, surface, direction, schema } = piece;
  if (piece.isCut || (piece.next && call.carry !== '') || isLarge(value)) return false;
  try {
    const verdict = judgeBy(deps.detector, surface, value, tool.context);
    if (verdict.findings.length > 0) return false;
    if (verdict.band === 'grey' && deps.deeper.isOpenFor(call.tenant)) return false;
    const policy = tool[direction];
    if (policy === null) return true;
    // Without a book: whatever would become a token is a hit all the same.
    const { hits, isCut } = redactJson(value, policy, null, schema === undefined ? {} : { schema });
    return hits.length === 0 && !isCut;
  } catch {
    return false;
  }
}

/** Whether anything is done in this direction, or only recorded. */
function isActing({ tenant }: Inspectable, direction: Direction): boolean {
  const { requestInspection, responseInspection } = tenant.settings;
  return (direction === 'outbound' ? requestInspection : responseInspection) === 'block';
}

function givesTokens(tool: ToolInspection, direction: Direction): boolean {
  const policy = tool[direction];
  if (policy === null) return false;
  return (
    Object.values(policy.byClass).includes('tokenise') || Object.values(policy.byType).includes('tokenise')
  );
}

/** Whose tokens a call speaks of. */
export function bookOwner({ tenant, endpoint, principal, session }: Inspectable): BookOwner {
  return {
    tenantId: tenant.id,
    endpointId: endpoint.id,
    keyId: principal.key.id,
    nonce: session?.nonce ?? null,
  };
}

interface Work {
  readonly piece: Piece;
  readonly tool: ToolInspection;
  readonly draft: TokenDraft | null;
}

function begin(deps: InspectorDeps, call: Inspectable, { piece, tool, draft }: Work): InspectionRun {
  const { direction, surface, schema } = piece;
  const run = createRun({
    detector: deps.detector,
    tool,
    direction,
    surface,
    isActing: isActing(call, direction),
    book: draft,
    asksDeeper: deps.deeper.isOpenFor(call.tenant),
    ...(schema === undefined ? {} : { schema }),
  });
  if (piece.isCut) run.truncated([]);
  const { next } = piece;
  for (const seam of next ? seamsOf(call.carry, next.text) : []) run.acrossSeam(seam, next as NextText);
  return run;
}

function carryOut(run: InspectionRun, { value }: Piece): MaybeLater<unknown> {
  if (!isLarge(value)) return run.whole(value);
  run.noSpansBefore();
  return inspectLarge(value, run);
}

interface Settling {
  readonly run: InspectionRun;
  readonly piece: Piece;
  readonly value: MaybeLater<unknown>;
}

/** Waits only where something is to be waited for. */
function settle(
  deps: InspectorDeps,
  call: Inspectable,
  { run, piece, value }: Settling,
): MaybeLater<Inspected> {
  if (!(value instanceof Promise) && run.greys.length === 0) return conclude(call, run, piece, value);
  return later(deps, call, { run, piece, value }).then((seen) => conclude(call, run, piece, seen));
}

async function later(
  deps: InspectorDeps,
  call: Inspectable,
  { run, piece, value }: Settling,
): Promise<unknown> {
  let seen: unknown = piece.value;
  try {
    seen = await value;
  } catch {
    // Whatever threw in the middle, nothing of the value was seen to its end.
    run.add(
      ownFinding({
        code: 'scan_failed',
        title: 'Could not be inspected',
        severity: 'high',
        surface: piece.surface,
      }),
    );
  }
  await askDeeper(deps.deeper, call, { run, piece, isActing: isActing(call, piece.direction) });
  return seen;
}

function conclude(call: Inspectable, run: InspectionRun, piece: Piece, value: unknown): Inspected {
  noteFindings(call, run.findings);
  if (run.hasSensitive) call.hasSensitive = true;
  const { cause } = run;
  if (!cause || !isActing(call, piece.direction)) return { kind: 'passed', value };
  const code = piece.direction === 'outbound' ? 'blocked_request' : 'blocked_response';
  const details = { finding: cause.code, path: cause.path, title: cause.title };
  return { kind: 'blocked', stop: stop(code, { details }) };
}

interface TokenWork {
  readonly piece: Piece;
  readonly tool: ToolInspection;
  readonly tries: number;
}

/** As `inspect`, where values become tokens: what is given out is in the store before anything with it leaves. */
function withTokens(deps: InspectorDeps, call: Inspectable, work: TokenWork): MaybeLater<Inspected> {
  const { piece, tool, tries } = work;
  const server = piece.direction === 'inbound' ? call.upstream.server.id : null;
  // With others in the way for ever, values are masked.
  if (tries > 2 * maxTries) {
    const lone = begin(deps, call, { piece, tool, draft: null });
    return settle(deps, call, { run: lone, piece, value: carryOut(lone, piece) });
  }
  const draft = deps.books.draft(bookOwner(call), server, tries <= maxTries);
  const run = begin(deps, call, { piece, tool, draft });
  const value = carryOut(run, piece);
  if (!(value instanceof Promise) && !draft.isUsed) return settle(deps, call, { run, piece, value });
  return commit(deps, call, work, { draft, run, value });
}

async function commit(
  deps: InspectorDeps,
  call: Inspectable,
  work: TokenWork,
  { draft, run, value }: { draft: TokenDraft; run: InspectionRun; value: MaybeLater<unknown> },
): Promise<Inspected> {
  // What it throws is dealt with where it is waited for again.
  await Promise.resolve(value).catch(() => {});
  const { piece } = work;
  const written = draft.isUsed ? await draft.commit() : 'done';
  if (written === 'conflict') return withTokens(deps, call, { ...work, tries: work.tries + 1 });
  if (written === 'unavailable' && draft.isChanged) {
    // Nobody else could read what was added: masked, then, but for what is known already.
    return withTokens(deps, call, { ...work, tries: Math.max(work.tries, maxTries) + 1 });
  }
  return settle(deps, call, { run, piece, value });
}

import type { Revocation, RevocationKind } from './revocation.ts';

/** `gap`: applied, but at least one earlier sequence is missing: reload the list of live marks. */
export type Applied = 'applied' | 'duplicate' | 'gap';

/** What may be asked for: everything that can be revoked. */
export type RevocableKind = Exclude<RevocationKind, 'restore'>;

/** The not-before marks of one tenant, as a worker keeps them in memory and beside its snapshot on disk. */
export interface RevocationSet {
  /** Takes one verified mark; any order, any number of times. */
  apply(revocation: Revocation): Applied;
  /**
   * Takes the list of all live marks together with the newest sequence; closes gaps up to it. Marks that are
   * here and not in the list stay. Invariant: T10, an emptied store never gives a right back.
   */
  merge(live: readonly Revocation[], headSeq: number): void;
  /** A snapshot that contains the effect of all marks up to this sequence is in use: they are no longer needed. */
  advance(snapshotRevSeq: number): void;
  /**
   * Whether the subject is dead. With `createdAtMs`, whatever was created up to the mark is dead (the same
   * millisecond included); without it, any mark counts.
   */
  isRevoked(query: {
    readonly kind: RevocableKind;
    readonly subject: string;
    readonly createdAtMs?: number;
  }): boolean;
  /** Highest sequence without a gap before it: what a worker acknowledges. */
  readonly seq: number;
  /** The first missing range, `undefined` when there is none. */
  gap(): { readonly from: number; readonly to: number } | undefined;
  /** Live marks and restores, by sequence: what is written to disk. */
  list(): readonly Revocation[];
}

interface Mark {
  /** The newest revocation of the subject and, if newer, the restore that lifts it. */
  revoked: Revocation | undefined;
  notBeforeMs: number;
  restored: Revocation | undefined;
}

/** Makes an empty set. */
export function createRevocationSet(): RevocationSet {
  const marks = new Map<string, Mark>();
  /** Sequences above `seq` that were seen. */
  const ahead = new Set<number>();
  let seq = 0;
  let base = 0;

  const closeTo = (to: number): void => {
    seq = Math.max(seq, to);
    while (ahead.delete(seq + 1)) seq += 1;
    for (const seen of ahead) if (seen <= seq) ahead.delete(seen);
  };
  const apply = (revocation: Revocation): Applied => {
    if (revocation.seq <= seq || ahead.has(revocation.seq)) {
      // The sequence is known, yet a mark may still be unknown after `merge` closed the gap without it.
      if (revocation.seq > base) place(marks, revocation);
      return 'duplicate';
    }
    place(marks, revocation);
    ahead.add(revocation.seq);
    closeTo(seq);
    return ahead.size === 0 ? 'applied' : 'gap';
  };
  return {
    apply,
    merge(live, headSeq) {
      for (const revocation of live) if (revocation.seq > base) place(marks, revocation);
      closeTo(Math.max(headSeq, ...live.map((revocation) => revocation.seq)));
    },
    advance(snapshotRevSeq) {
      base = Math.max(base, snapshotRevSeq);
      closeTo(base);
      for (const [subject, mark] of marks) if (newest(mark) <= base) marks.delete(subject);
    },
    isRevoked({ kind, subject, createdAtMs }) {
      if (marks.size === 0) return false;
      const mark = marks.get(subject);
      if (!mark?.revoked || mark.revoked.kind !== kind) return false;
      if (mark.restored && mark.restored.seq > mark.revoked.seq) return false;
      return createdAtMs === undefined || createdAtMs <= mark.notBeforeMs;
    },
    get seq() {
      return seq;
    },
    gap() {
      if (ahead.size === 0) return undefined;
      return { from: seq + 1, to: Math.min(...ahead) - 1 };
    },
    list: () =>
      [...marks.values()]
        .flatMap((mark) => [mark.revoked, mark.restored])
        .filter((revocation) => revocation !== undefined)
        .sort((a, b) => a.seq - b.seq),
  };
}

function place(marks: Map<string, Mark>, revocation: Revocation): void {
  const mark = marks.get(revocation.subject) ?? { revoked: undefined, notBeforeMs: 0, restored: undefined };
  marks.set(revocation.subject, mark);
  if (revocation.kind === 'restore') {
    if (revocation.seq > (mark.restored?.seq ?? 0)) mark.restored = revocation;
    return;
  }
  mark.notBeforeMs = Math.max(mark.notBeforeMs, revocation.notBeforeMs);
  if (revocation.seq > (mark.revoked?.seq ?? 0)) mark.revoked = revocation;
}

function newest(mark: Mark): number {
  return Math.max(mark.revoked?.seq ?? 0, mark.restored?.seq ?? 0);
}

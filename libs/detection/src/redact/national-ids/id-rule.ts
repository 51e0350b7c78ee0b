/**
 * One kind of national number: how many digits or which letters, and its check. `strength` says where it counts:
 * `alone` anywhere, `formatted` only when parted as it is printed, `named` only near its name.
 */
export interface IdRule {
  readonly detail: string;
  readonly strength: 'alone' | 'formatted' | 'named';
  /** Groups as it is printed: `3-3-4` with its separators; digits `9`, letters `A`, either `X`. Several by `|`. */
  readonly print: string;
  /** Takes the letters and digits alone, upper case. */
  readonly check: (value: string) => boolean;
  /** US_SSN has a type of its own. */
  readonly isSsn?: true;
}

export interface PolicyProblem {
  readonly message: string;
  readonly startLine: number | null;
  readonly startColumn: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

/** Compiles policy texts exactly as the workers do, and says where a text is wrong. */
export interface PolicyChecker {
  /** Empty = valid. */
  check(text: string): Promise<readonly PolicyProblem[]>;
}

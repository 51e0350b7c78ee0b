import type { SensitiveType } from './sensitive-type.ts';

/** Tokens given out in a session: `<EMAIL_1>` for a value, the same for the same value. */
export interface TokenBook {
  /** The token of a value; `undefined` when the book is full: the value is masked then. */
  tokenFor(type: SensitiveType, value: string): string | undefined;
  valueOf(token: string): string | undefined;
  /** Numbers that a text already uses are never given out. */
  reserve(type: SensitiveType, number: number): void;
  /** Something was added since it was made or parsed. */
  readonly isChanged: boolean;
  /** A value did not fit any more. */
  readonly isFull: boolean;
  /** For another worker: `parseTokenBook` reads it. Holds values: seal it. */
  serialise(): string;
}

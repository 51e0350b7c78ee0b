/** What the world gives to pure code: time, randomness and hashing come in as arguments. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 (UTC). */
  nowMs(): number;
}

/** Fills and returns `size` cryptographically strong random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/** SHA-256 of UTF-8 text or bytes, as 64 lower-case hex digits. */
export type Sha256Hex = (data: string | Uint8Array) => string;

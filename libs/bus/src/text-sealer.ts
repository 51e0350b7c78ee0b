/** Seals what travels through Redis: whoever can read or write there learns nothing and forges nothing. */
export interface TextSealer {
  seal(plain: string, aad: string): string;
  /** `undefined` for anything that was not sealed by us for this `aad`. */
  open(text: string, aad: string): Uint8Array | undefined;
}

/** Reads JSON; the words in it may be those of strangers. @throws SyntaxError as `JSON.parse` does. */
export type ReadJson = (text: string) => unknown;

/** Opens sealed JSON; `undefined` for anything else. */
export function openJson(
  sealer: TextSealer,
  text: string,
  aad: string,
  readJson: ReadJson = JSON.parse,
): unknown {
  const plain = sealer.open(text, aad);
  if (!plain) return undefined;
  try {
    return readJson(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}

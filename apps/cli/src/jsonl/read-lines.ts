/** One line of the input, or the word that it was longer than what is read. */
export type Line =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'too_long'; readonly maxBytes: number };

const lineFeed = 0x0a;

/**
 * Cuts a stream of bytes into lines; yields the lines of every chunk as they come. Bytes that are not UTF-8 become
 * U+FFFD. A line beyond `maxBytes` is skipped without being kept, blank lines are left out.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly Line[]> {
  const cutter = createCutter(maxBytes);
  for await (const chunk of chunks) {
    const lines = cutter.add(chunk);
    if (lines.length > 0) yield lines;
  }
  const rest = cutter.end();
  if (rest.length > 0) yield rest;
}

function createCutter(maxBytes: number) {
  // Without `ignoreBOM` a mark at the start of any line would vanish; only that of the file should, and JSON.parse is told so.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let pieces: Uint8Array[] = [];
  let size = 0;
  let isFirst = true;

  const keep = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > maxBytes) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  };
  const close = (): readonly Line[] => {
    const line = lineOf();
    pieces = [];
    size = 0;
    isFirst = false;
    return line;
  };
  const lineOf = (): readonly Line[] => {
    if (size > maxBytes) return [{ kind: 'too_long', maxBytes }];
    const decoded = decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces));
    const text = isFirst && decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
    return text.trim() === '' ? [] : [{ kind: 'line', text }];
  };

  return {
    add: (chunk: Uint8Array): readonly Line[] => {
      const lines: Line[] = [];
      let from = 0;
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
        keep(chunk.subarray(from, at));
        lines.push(...close());
        from = at + 1;
      }
      if (from < chunk.length) keep(chunk.subarray(from));
      return lines;
    },
    end: (): readonly Line[] => (size === 0 ? [] : close()),
  };
}

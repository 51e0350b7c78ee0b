/**
 * A second reader of JSON, written from the grammar alone, to compare ours with: it gives the first key that occurs
 * twice in one object. The text must be valid JSON.
 */
export function firstRepeatedKey(text: string): string | undefined {
  let at = 0;
  let found: string | undefined;
  const blank = () => {
    while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at += 1;
  };
  const string = (): string => {
    const start = at;
    at += 1;
    while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    at += 1;
    return String(JSON.parse(text.slice(start, at)));
  };
  const list = (close: string, member: () => void) => {
    at += 1;
    blank();
    while (text.charAt(at) !== close) {
      member();
      blank();
      if (text.charAt(at) === ',') at += 1;
      blank();
    }
    at += 1;
  };
  const value = (): void => {
    blank();
    const first = text.charAt(at);
    if (first === '"') string();
    else if (first === '[') list(']', value);
    else if (first === '{') {
      const keys = new Set<string>();
      list('}', () => {
        const key = string();
        if (keys.has(key)) found ??= key;
        keys.add(key);
        blank();
        at += 1;
        value();
      });
    } else while (at < text.length && !',]} \t\n\r'.includes(text.charAt(at))) at += 1;
  };
  value();
  return found;
}

/** Nesting of a parsed value; a scalar has 0. */
export function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

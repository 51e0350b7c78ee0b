/**
 * `JSON.parse` for texts from strangers. V8 (13.6, Node 24) reads an escaped member name wrongly once it has seen
 * objects of the same shape whose next name is the start of that name as written: after `{"a":1,"\\":2}`, the text
 * `{"a":1,"\"":2}` gives a member `\`. One caller could so change what another one says. A name read wrongly always
 * holds a backslash, and hardly any name does: such a text is read again by a reader of our own.
 * @throws SyntaxError as `JSON.parse` does.
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!text.includes('\\') || !hasBackslashName(value)) return value;
  return createReader(text).value(0);
}

/** Nesting that every reader of ours refuses later; deeper levels need not be exact. */
const maxExactDepth = 256;

function hasBackslashName(value: unknown): boolean {
  const open: object[] = isContainer(value) ? [value] : [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!Array.isArray(node) && Object.keys(node).some((name) => name.includes('\\'))) return true;
    for (const member of Object.values(node)) if (isContainer(member)) open.push(member);
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Reads a text that `JSON.parse` took: it is valid, so nothing is checked. Names make their members one by one. */
function createReader(text: string) {
  let at = 0;
  const blank = (): void => {
    for (let unit = text.charCodeAt(at); unit === 32 || (unit >= 9 && unit <= 13); unit = text.charCodeAt(at))
      at += 1;
  };
  /** From the quote to behind its partner, as it is written. */
  const quoted = (): string => {
    const start = at;
    for (at += 1; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    at += 1;
    return text.slice(start, at);
  };
  const string = (): string => JSON.parse(quoted()) as string;
  const members = (close: string, read: () => void): void => {
    at += 1;
    for (blank(); text[at] !== close; blank()) {
      if (text[at] === ',') at += 1;
      else read();
    }
    at += 1;
  };
  const scalar = (): unknown => {
    const start = at;
    while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1;
    return JSON.parse(text.slice(start, at));
  };
  const object = (depth: number): unknown => {
    const found: Record<string, unknown> = {};
    members('}', () => {
      const name = string();
      blank();
      at += 1;
      // As `JSON.parse` does: an own member, also for `__proto__`; the last of two wins.
      Object.defineProperty(found, name, {
        value: value(depth + 1),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    });
    return found;
  };
  const array = (depth: number): unknown => {
    const found: unknown[] = [];
    members(']', () => found.push(value(depth + 1)));
    return found;
  };
  const value = (depth: number): unknown => {
    blank();
    if (depth > maxExactDepth) throw new SyntaxError('nested too deep');
    if (text[at] === '"') return string();
    if (text[at] === '{') return object(depth);
    return text[at] === '[' ? array(depth) : scalar();
  };
  return { value };
}

const quote = 34;
const backslash = 92;
const openObject = 123;
const closeObject = 125;
const openArray = 91;
const closeArray = 93;
const comma = 44;
const colon = 58;

/**
 * Finds a key that occurs twice in one object of a JSON text. `JSON.parse` keeps the last one and
 * another parser may keep the first, so a text with two is read differently by different readers.
 * The text must have parsed already, and its depth be bounded (`findJsonFault`). Linear.
 */
export function findDuplicateKey(text: string): string | undefined {
  const scan: Scan = { open: [], keys: undefined, isKeyNext: false };
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code !== quote) {
      structure(scan, code);
      continue;
    }
    const end = endOfString(text, i);
    if (scan.isKeyNext && scan.keys) {
      const key = keyText(text.slice(i, end + 1));
      if (scan.keys.has(key)) return key;
      scan.keys.add(key);
      scan.isKeyNext = false;
    }
    i = end;
  }
  return undefined;
}

/**
 * Whether any object of a JSON text has a key twice: the text then has more keys than the value that was read from it.
 * Much cheaper than `findDuplicateKey`, which says which. The text must have parsed, its depth be bounded, and
 * `__proto__` be no key of it (`findJsonFault`).
 */
export function hasDuplicateKeys(text: string, value: unknown): boolean {
  return keysOfText(text) !== keysOfValue(value);
}

/** Outside of strings, a colon stands after a key and nowhere else. */
function keysOfText(text: string): number {
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === colon) keys += 1;
    else if (code === quote) at = endOfString(text, at);
  }
  return keys;
}

function keysOfValue(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const member of value) if (typeof member === 'object') keys += keysOfValue(member);
    return keys;
  }
  for (const name in value) {
    keys += 1;
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof member === 'object') keys += keysOfValue(member);
  }
  return keys;
}

interface Scan {
  /** One entry per open container: the keys seen in an object, `undefined` for an array. */
  readonly open: (Set<string> | undefined)[];
  /** Keys of the innermost container. */
  keys: Set<string> | undefined;
  isKeyNext: boolean;
}

function structure(scan: Scan, code: number): void {
  if (code === comma) scan.isKeyNext = scan.keys !== undefined;
  else if (code === openObject || code === openArray) {
    scan.isKeyNext = code === openObject;
    scan.keys = scan.isKeyNext ? new Set() : undefined;
    scan.open.push(scan.keys);
  } else if (code === closeObject || code === closeArray) {
    scan.open.pop();
    scan.keys = scan.open.at(-1);
    scan.isKeyNext = false;
  }
}

/** Where the string that begins at `start` ends: the next quote that no backslash escapes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}

function keyText(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

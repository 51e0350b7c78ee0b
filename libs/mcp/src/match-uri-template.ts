import { type UriTemplate, uriTemplateLimits } from './uri-template.ts';

/** What a character may be a part of. Bits, so that a class of characters is a mask. */
const unreserved = 1;
const reserved = 2;
const encoded = 4;
/** A slash or backslash in disguise: `%2F`, `%5C`, and the same encoded twice. */
const disguised = 8;

const value = unreserved | encoded;
const queryValue = unreserved | encoded | disguised;
const openValue = unreserved | reserved | encoded;
const comma = 0x2c;

/** A URI as matching reads it: the class of each character, and which of them are commas. */
interface Reading {
  readonly uri: string;
  readonly classes: Uint8Array;
}

/** Positions of the URI that can be reached: one byte each, one more than there are characters. */
type Reach = Uint8Array;

/**
 * Whether a URI is one that the template makes. Time grows with length of the URI × parts of the template, whatever
 * they hold; no expression is ever built from either. Values of plain variables hold no slash, also no encoded one, and
 * a path with `.` or `..` in it, also encoded, matches nothing: a template opens what is below it and nothing beside.
 */
export function matchesUriTemplate(template: UriTemplate, uri: string): boolean {
  if (uri.length > uriTemplateLimits.maxUriLength || hasDotSegment(uri)) return false;
  const first = template.parts[0];
  if (first?.kind === 'literal' && !uri.startsWith(first.text)) return false;
  const reading = { uri, classes: classesOf(uri) };
  let reach: Reach = new Uint8Array(uri.length + 1);
  reach[0] = 1;
  for (const part of template.parts) {
    reach =
      part.kind === 'literal'
        ? literal(reading, reach, part.text)
        : expression(reading, reach, part.operator, part.names);
    if (!reach.includes(1)) return false;
  }
  return reach[uri.length] === 1;
}

function expression(reading: Reading, reach: Reach, operator: string, names: readonly string[]): Reach {
  switch (operator) {
    case '':
      return run(reading, reach, value, names.length > 1);
    case '+':
      return run(reading, reach, openValue, true);
    case '#':
      return union(reach, run(reading, literal(reading, reach, '#'), openValue, true));
    case '.':
    case '/':
      return names.reduce(
        (before) => union(before, run(reading, literal(reading, before, operator), value, false)),
        reach,
      );
    case ';':
      return names.reduce((before, name) => {
        const named = literal(reading, before, `;${name}`);
        const given = run(reading, literal(reading, named, '='), queryValue, false);
        return union(before, union(named, given));
      }, reach);
    default:
      return query(reading, reach, operator, names);
  }
}

/** `?a=…&b=…` in the order of the template, each of them there or not; `&` goes on with a query that stands. */
function query(reading: Reading, reach: Reach, operator: string, names: readonly string[]): Reach {
  let some: Reach = new Uint8Array(reach.length);
  for (const name of names) {
    const first = named(reading, reach, `${operator}${name}=`);
    const later = named(reading, some, `&${name}=`);
    some = union(some, union(first, later));
  }
  return union(reach, some);
}

/** A name with a value that may be empty. */
function named(reading: Reading, reach: Reach, text: string): Reach {
  const start = literal(reading, reach, text);
  return union(start, run(reading, start, queryValue, false));
}

/** One or more characters of the classes in `mask`, from everywhere that is reached. */
function run(reading: Reading, reach: Reach, mask: number, commas: boolean): Reach {
  const { uri, classes } = reading;
  const next = new Uint8Array(reach.length);
  for (let at = 0; at < uri.length; at += 1) {
    if (reach[at] !== 1 && next[at] !== 1) continue;
    const isIn = ((classes[at] ?? 0) & mask) !== 0 || (commas && uri.charCodeAt(at) === comma);
    if (isIn) next[at + 1] = 1;
  }
  return next;
}

/** The text itself, from everywhere that is reached (Knuth-Morris-Pratt, so that repetition costs nothing). */
function literal(reading: Reading, reach: Reach, text: string): Reach {
  const { uri } = reading;
  const next = new Uint8Array(reach.length);
  const failure = failures(text);
  let matched = 0;
  for (let at = 0; at < uri.length; at += 1) {
    while (matched > 0 && uri[at] !== text[matched]) matched = failure[matched - 1] ?? 0;
    if (uri[at] === text[matched]) matched += 1;
    if (matched !== text.length) continue;
    if (reach[at + 1 - text.length] === 1) next[at + 1] = 1;
    matched = failure[matched - 1] ?? 0;
  }
  return next;
}

function failures(text: string): Uint16Array {
  const table = new Uint16Array(text.length);
  let matched = 0;
  for (let at = 1; at < text.length; at += 1) {
    while (matched > 0 && text[at] !== text[matched]) matched = table[matched - 1] ?? 0;
    if (text[at] === text[matched]) matched += 1;
    table[at] = matched;
  }
  return table;
}

function union(a: Reach, b: Reach): Reach {
  const both = new Uint8Array(a.length);
  for (let at = 0; at < a.length; at += 1) both[at] = (a[at] ?? 0) | (b[at] ?? 0);
  return both;
}

function classesOf(uri: string): Uint8Array {
  const classes = new Uint8Array(uri.length);
  for (let at = 0; at < uri.length; ) {
    const code = uri.charCodeAt(at);
    if (code === 0x25) {
      // The three characters of `%2F` are one: all of a class, or of none where they are no triplet.
      classes.fill(classOfTriplet(uri, at), at, at + 3);
      at += 3;
    } else {
      classes[at] = classOf(code);
      at += 1;
    }
  }
  return classes;
}

const reservedCodes: ReadonlySet<number> = new Set([...":/?#[]@!$&'()*+,;="].map((c) => c.charCodeAt(0)));
const unreservedMarks: ReadonlySet<number> = new Set([...'-._~'].map((c) => c.charCodeAt(0)));

function classOf(code: number): number {
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  const isDigit = code >= 0x30 && code <= 0x39;
  if (isLetter || isDigit || unreservedMarks.has(code)) return unreserved;
  return reservedCodes.has(code) ? reserved : 0;
}

function classOfTriplet(uri: string, at: number): number {
  const code = encodedCode(uri, at);
  if (code === undefined) return 0;
  if (code < 0x20 || code === 0x7f) return 0;
  // A letter in disguise makes a second name of what has one: nobody who expands a template writes it so.
  if (classOf(code) === unreserved) return 0;
  // An encoded percent sign may hide a second encoding: of a slash, a dot, or of one more percent sign.
  const inner = code === 0x25 ? encodedCode(uri, at + 2) : code;
  return inner !== undefined && (hidden.has(inner) || (inner !== code && inner < 0x30)) ? disguised : encoded;
}

const hidden: ReadonlySet<number> = new Set([0x2f, 0x5c]);

/** The byte that the two hex digits after `at` name. */
function encodedCode(uri: string, at: number): number | undefined {
  const high = hexDigit(uri.charCodeAt(at + 1));
  const low = hexDigit(uri.charCodeAt(at + 2));
  return high === -1 || low === -1 ? undefined : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/**
 * Whether a segment is `.` or `..`, in plain, encoded or twice encoded letters; also behind `?` or `#`, which a server
 * may well take for letters of a path.
 */
function hasDotSegment(uri: string): boolean {
  return uri.split(/[/\\:;?#]/u).some(isDotSegment);
}

function isDotSegment(segment: string): boolean {
  if (segment.length > '%252e%252e'.length || segment === '') return false;
  const plain = segment.replaceAll('%25', '%').replace(/%2e/giu, '.');
  return plain === '.' || plain === '..';
}

/** One text inside a tool definition, by its JSON Pointer. */
export interface DefinitionText {
  readonly path: string;
  readonly text: string;
}

/** Where a finding points: offsets are UTF-16 units of the text at `path`, end exclusive. */
export interface Placed {
  readonly path: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly excerpt: string;
}

export interface MarkedText<Finding> {
  readonly path: string;
  readonly text: string;
  /** The findings are in the name of the member, not in its value. */
  readonly isName: boolean;
  readonly findings: readonly Finding[];
}

export interface PlacedFindings<Finding> {
  readonly marked: ReadonlyArray<MarkedText<Finding>>;
  readonly others: readonly DefinitionText[];
  /** Findings about a part of the definition that is no text, such as a schema as a whole. */
  readonly unplaced: readonly Finding[];
}

const maxPaths = 10_000;
const maxDepth = 64;
const first = ['/name', '/title', '/description'];

function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function lastName(path: string): string {
  return (path.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}

function rank({ path }: { readonly path: string }): number {
  const at = first.indexOf(path);
  return at < 0 ? first.length : at;
}

interface Read {
  readonly texts: DefinitionText[];
  /** Of every member, so that a name can be told from a path that leads nowhere. */
  readonly paths: Set<string>;
}

function collect(value: unknown, path: string, depth: number, into: Read): void {
  if (into.paths.size >= maxPaths || depth > maxDepth) return;
  into.paths.add(path);
  if (typeof value === 'string') {
    into.texts.push({ path, text: value });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      collect(child, `${path}/${pointerPart(key)}`, depth + 1, into);
    }
  }
}

/** Every text of a definition: name, title and description first, then in the order of the document. */
export function readTexts(definition: string): readonly DefinitionText[] {
  return read(definition).texts;
}

function read(definition: string): Read {
  const found: Read = { texts: [], paths: new Set() };
  try {
    collect(JSON.parse(definition), '', 0, found);
  } catch {
    return { texts: [{ path: '', text: definition }], paths: new Set() };
  }
  found.texts.sort((a, b) => rank(a) - rank(b));
  return found;
}

function fits({ start, end }: Placed, text: string | undefined): boolean {
  return text !== undefined && start !== null && end !== null && end > start && end <= text.length;
}

/** Without a word from the server whether value or name is meant, the excerpt decides. */
function isInName(finding: Placed, value: string | undefined): boolean {
  const name = lastName(finding.path);
  if (!fits(finding, name)) return false;
  if (!fits(finding, value)) return true;
  const { start, end, excerpt } = finding;
  const inValue = excerpt.includes((value ?? '').slice(start ?? 0, end ?? 0));
  return !inValue && excerpt.includes(name.slice(start ?? 0, end ?? 0));
}

/** Puts each finding to the text it points into, so that the evidence can be marked there. */
export function placeFindings<Finding extends Placed>(
  definition: string,
  findings: readonly Finding[],
): PlacedFindings<Finding> {
  const { texts, paths } = read(definition);
  const byPath = new Map(texts.map(({ path, text }) => [path, text]));
  const marks = new Map<string, { path: string; text: string; isName: boolean; findings: Finding[] }>();
  const unplaced: Finding[] = [];
  for (const finding of findings) {
    const value = byPath.get(finding.path);
    const isName = paths.has(finding.path) && isInName(finding, value);
    const text = isName ? lastName(finding.path) : value;
    if (text === undefined || !fits(finding, text)) {
      unplaced.push(finding);
      continue;
    }
    const key = `${isName}${finding.path}`;
    const mark = marks.get(key) ?? { path: finding.path, text, isName, findings: [] };
    mark.findings.push(finding);
    marks.set(key, mark);
  }
  const marked = [...marks.values()].sort((a, b) => rank(a) - rank(b));
  const taken = new Set(marked.filter((mark) => !mark.isName).map((mark) => mark.path));
  return { marked, others: texts.filter(({ path }) => !taken.has(path)), unplaced };
}

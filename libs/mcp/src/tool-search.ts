import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';
import { relatedTerms, searchTerms } from './search-terms.ts';

/** A tool as far as it can be searched. */
export interface SearchableTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Names of its parameters and what is said of them. */
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
}

/** One tool that was found; `position` is its place among the tools that were given. */
export interface ToolHit {
  readonly position: number;
  /** 0 to 1, the best hit has 1. */
  readonly score: number;
}

export interface ToolSearch {
  /** The best tools for a query, best first; only those that `accepts` says yes to. */
  search(query: string, limit: number, accepts?: (position: number) => boolean): readonly ToolHit[];
}

/** Bounds of a search; what is beyond them is not looked at. */
export const searchLimits = {
  queryLength: 1_000,
  queryTerms: 32,
  /** Terms of one field of one tool. */
  fieldTerms: 256,
  maxResults: 50,
  defaultResults: 8,
} as const;

const k1 = 1.4;
const relatedWeight = 0.35;
/** Weight and length normalisation of each field (BM25F). */
const fields = {
  name: { weight: 4, b: 0.3 },
  title: { weight: 2.5, b: 0.3 },
  description: { weight: 1.2, b: 0.6 },
  parameters: { weight: 0.7, b: 0.6 },
  parameterTexts: { weight: 0.3, b: 0.7 },
} as const;
type Field = keyof typeof fields;
const fieldNames = Object.keys(fields) as readonly Field[];

type FieldTerms = Readonly<Record<Field, readonly string[]>>;
/** Tools that bear a term, and how much. */
type Postings = Map<string, { readonly positions: number[]; readonly weights: number[] }>;

/** Reads what a tool's definition offers to a search. */
export function searchableTool(name: string, definition: WireObject): SearchableTool {
  const { title, description, annotations, inputSchema } = definition;
  const annotated = isJsonObject(annotations) ? annotations.title : undefined;
  const properties = isJsonObject(inputSchema) ? inputSchema.properties : undefined;
  return {
    name,
    title: textOf(title) || textOf(annotated),
    description: textOf(description),
    parameters: Object.entries(isJsonObject(properties) ? properties : {}).map(([parameter, schema]) => ({
      name: parameter,
      description: isJsonObject(schema) ? textOf(schema.description) : '',
    })),
  };
}

/** Builds an index over tools: BM25F over name, title, description and parameters. */
export function createToolSearch(tools: readonly SearchableTool[]): ToolSearch {
  const documents = tools.map(termsOf);
  const averages = averageLengths(documents);
  const postings: Postings = new Map();
  documents.forEach((document, position) => {
    for (const [term, weight] of weightsOf(document, averages)) {
      const posting = postings.get(term) ?? { positions: [], weights: [] };
      posting.positions.push(position);
      posting.weights.push(weight);
      postings.set(term, posting);
    }
  });
  return {
    search(query, limit, accepts = () => true) {
      const scores = new Map<number, number>();
      for (const [term, weight] of queryWeights(query)) {
        const posting = postings.get(term);
        if (!posting) continue;
        const { positions, weights } = posting;
        const idf = Math.log(1 + (tools.length - positions.length + 0.5) / (positions.length + 0.5));
        positions.forEach((position, at) => {
          const found = weights[at] ?? 0;
          const gain = (weight * idf * found) / (k1 + found);
          scores.set(position, (scores.get(position) ?? 0) + gain);
        });
      }
      return best(scores, tools, Math.min(limit, searchLimits.maxResults), accepts);
    },
  };
}

function best(
  scores: ReadonlyMap<number, number>,
  tools: readonly SearchableTool[],
  limit: number,
  accepts: (position: number) => boolean,
): readonly ToolHit[] {
  const nameOf = (position: number): string => tools[position]?.name ?? '';
  const found = [...scores]
    .filter(([position]) => accepts(position))
    .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || (nameOf(a) < nameOf(b) ? -1 : 1))
    .slice(0, Math.max(0, limit));
  const top = found[0]?.[1] ?? 1;
  return found.map(([position, score]) => ({ position, score: Math.round((score / top) * 1_000) / 1_000 }));
}

/** Terms of the query, and what they may also be called with less weight. */
function queryWeights(query: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const terms = searchTerms(query.slice(0, searchLimits.queryLength), searchLimits.queryTerms);
  for (const term of terms) weights.set(term, 1);
  for (const term of terms) {
    for (const other of relatedTerms.get(term) ?? []) {
      if (!weights.has(other)) weights.set(other, relatedWeight);
    }
  }
  return weights;
}

function termsOf(tool: SearchableTool): FieldTerms {
  const read = (text: string): readonly string[] => searchTerms(text, searchLimits.fieldTerms);
  return {
    name: read(tool.name),
    title: read(tool.title),
    description: read(tool.description),
    parameters: read(tool.parameters.map(({ name }) => name).join(' ')),
    parameterTexts: read(tool.parameters.map(({ description }) => description).join(' ')),
  };
}

function averageLengths(documents: readonly FieldTerms[]): Readonly<Record<Field, number>> {
  const average = (field: Field): number =>
    documents.reduce((sum, document) => sum + document[field].length, 0) / Math.max(1, documents.length);
  return Object.fromEntries(fieldNames.map((field) => [field, Math.max(1, average(field))])) as Record<
    Field,
    number
  >;
}

/** How much a document is about each of its terms, over all fields. */
function weightsOf(
  document: FieldTerms,
  averages: Readonly<Record<Field, number>>,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const field of fieldNames) {
    const { weight, b } = fields[field];
    const terms = document[field];
    const share = weight / (1 - b + (b * terms.length) / averages[field]);
    for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + share);
  }
  return weights;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

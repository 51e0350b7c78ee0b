import { readFileSync } from 'node:fs';
import { AppError } from '@sallyport/kernel';
import { z } from 'zod';

/** SHA-256 of a document → its text. */
export type PersistedDocuments = ReadonlyMap<string, string>;

const fileSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

/** Reads the map that the console's build wrote; a missing file is an empty map, so nothing may run. */
export function readPersistedDocuments(path: string): PersistedDocuments {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return new Map();
  }
  return new Map(Object.entries(fileSchema.parse(JSON.parse(text))));
}

const requestSchema = z.object({
  documentId: z.string().max(80).optional(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.object({ persistedQuery: z.object({ sha256Hash: z.string().max(80) }) }).optional(),
});

/**
 * Turns `{documentId, variables}` into what the executor runs. A text sent by the caller is never looked at.
 * @throws AppError `invalid_input` or `unknown_document`
 */
export function resolveDocument(
  documents: PersistedDocuments,
  body: unknown,
): { readonly query: string; readonly variables: Record<string, unknown> } {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw new AppError('invalid_input', 'the body is not {documentId, variables}');
  const id = (parsed.data.documentId ?? parsed.data.extensions?.persistedQuery.sha256Hash ?? '').replace(
    /^sha256:/,
    '',
  );
  const query = documents.get(id);
  if (query === undefined) throw new AppError('unknown_document');
  return { query, variables: parsed.data.variables ?? {} };
}

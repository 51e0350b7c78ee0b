import { findDuplicateKey, readJson } from '@sallyport/mcp';
import { z } from 'zod';
import { classifierLimits } from './classifier-limits.ts';

/** What a classifier says of a text. */
export interface ClassifierAnswer {
  /** How sure it is that the text is an attack, 0–1. */
  readonly score: number;
  readonly label: string | null;
}

const schema = z.strictObject({
  score: z.number().min(0).max(1),
  // Words of a small set: it stands in receipts, and what it judged was written by somebody else.
  label: z
    .string()
    .max(classifierLimits.maxLabelLength)
    .regex(/^[A-Za-z0-9][A-Za-z0-9 _.:/-]*$/)
    .exactOptional(),
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the body of an answer; `undefined` when it is anything but what was asked for. */
export function readAnswer(bytes: Uint8Array): ClassifierAnswer | undefined {
  let text: string;
  let json: unknown;
  try {
    text = utf8.decode(bytes);
    json = readJson(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  // What says two things says nothing; what has this shape is shallow.
  if (!parsed.success || findDuplicateKey(text) !== undefined) return undefined;
  return { score: parsed.data.score, label: parsed.data.label ?? null };
}

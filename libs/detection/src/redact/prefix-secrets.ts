import { businessFormats } from './formats/business.ts';
import { cloudFormats } from './formats/cloud.ts';
import { codeHostingFormats } from './formats/code-hosting.ts';
import { messagingFormats } from './formats/messaging.ts';
import { modelFormats } from './formats/models.ts';
import { matchParts, type SecretFormat } from './formats/secret-format.ts';
import type { Candidate } from './found.ts';
import { isPlaceholder, isVaried, looksRandom } from './looks-random.ts';
import { inSet, isWordAt, unitSet } from './units.ts';

/** All secrets that a prefix gives away. */
export const secretFormats: readonly SecretFormat[] = [
  ...cloudFormats,
  ...codeHostingFormats,
  ...modelFormats,
  ...messagingFormats,
  ...businessFormats,
];

/** Formats by their prefix as a folded literal: one literal may begin several. */
export const formatsByLiteral: ReadonlyMap<string, readonly SecretFormat[]> = groupFormats();

function groupFormats(): ReadonlyMap<string, readonly SecretFormat[]> {
  const groups = new Map<string, SecretFormat[]>();
  for (const format of secretFormats) {
    const literal = `${format.prefix.toLowerCase()}*`;
    groups.set(literal, [...(groups.get(literal) ?? []), format]);
  }
  return groups;
}

/** A format and where its token ends. */
export interface FormatHit {
  readonly format: SecretFormat;
  readonly end: number;
}

/** Decides whether a token of one of the formats begins at `start`. Work is bounded by the length of a token. */
export function matchFormat(
  text: string,
  formats: readonly SecretFormat[],
  start: number,
): FormatHit | undefined {
  if (isWordAt(text, start - 1)) return undefined;
  let best: FormatHit | undefined;
  for (const format of formats) {
    const end = endOf(text, format, start);
    if (end > (best?.end ?? 0)) best = { format, end };
  }
  return best;
}

const joiners = unitSet('-_/+.');

function endOf(text: string, { prefix, parts, type }: SecretFormat, start: number): number {
  if (!text.startsWith(prefix, start)) return -1;
  // A short prefix after one of these is the middle of a name or of an encoded run.
  if (prefix.length <= 3 && inSet(joiners, text, start - 1)) return -1;
  const body = start + prefix.length;
  const end = matchParts(text, body, parts);
  if (end < 0 || isWordAt(text, end)) return -1;
  const isShown = isPlaceholder(text.slice(start, end)) && type !== 'JWT';
  if (isShown) return -1;
  // Base32 may come without a digit; its prefix and length are proof enough.
  return looksRandom(text, body, end) || (type === 'AWS_ACCESS_KEY' && isVaried(text, body, end)) ? end : -1;
}

/** The candidate of a token that was found. */
export function toCandidate({ format, end }: FormatHit, start: number): Candidate {
  const { type, detail, prefix } = format;
  return { start, end, type, detail, confidence: 0.95, proof: prefix.length };
}

import { isWordUnit } from './characters.ts';
import type { RawHit, RuleFacts } from './finding.ts';
import { pemHeads, type SecretRule, secretRules } from './rules/secrets.ts';

const owasp = 'MCP01';

const pemFacts: RuleFacts = { code: 'secret_private_key', title: 'Private key', severity: 'critical', owasp };
const maxPem = 16 * 1024;
const minPemUnits = 40;

/** The literals to look for: prefixes first (rule i is literal i), then PEM headers. */
export const secretLiterals: readonly string[] = [
  ...secretRules.map((rule) => `${rule.prefix.toLowerCase()}*`),
  ...pemHeads,
];

const ruleFacts: readonly RuleFacts[] = secretRules.map(({ code, title, severity }) => ({
  code,
  title,
  severity,
  owasp,
}));

/** Decides whether the literal found at `start` begins a secret. Work is bounded by the length of the run. */
export function confirmSecret(text: string, literal: number, start: number, end: number): RawHit | undefined {
  const rule = secretRules[literal];
  if (rule === undefined) return confirmPem(text, start, end);
  if (!text.startsWith(rule.prefix, start) || start + rule.prefix.length !== end) return undefined;
  if (start > 0 && isRunUnit(rule.alphabet, text.charCodeAt(start - 1))) return undefined;
  const facts = ruleFacts[literal];
  const stop = runEnd(text, end, rule);
  if (facts === undefined || stop - end < rule.minRun || !looksRandom(text, end, stop)) return undefined;
  if (rule.code === 'secret_jwt' && !hasThreeParts(text, start, stop)) return undefined;
  return { facts, start, end: stop, isSecret: true };
}

function confirmPem(text: string, start: number, end: number): RawHit | undefined {
  // A header alone is documentation ("starts with -----BEGIN …"), not a key.
  if (!hasKeyBody(text, end)) return undefined;
  const footer = text.slice(end, end + maxPem).indexOf('-----END');
  const stop = footer < 0 ? Math.min(text.length, end + maxPem) : end + footer;
  return { facts: pemFacts, start, end: stop, isSecret: true };
}

/** Base64 characters right after the header; white space and written-out line ends may stand between them. */
function hasKeyBody(text: string, from: number): boolean {
  let count = 0;
  for (let i = from; i < text.length && count < minPemUnits && i < from + 4 * minPemUnits; i += 1) {
    const unit = text.charCodeAt(i);
    if (isWordUnit(unit) || unit === 0x2b || unit === 0x2f) count += 1;
    else if (unit !== 0x0a && unit !== 0x0d && unit !== 0x20 && unit !== 0x5c) return false;
  }
  return count >= minPemUnits;
}

function runEnd(text: string, from: number, rule: SecretRule): number {
  const cap = Math.min(text.length, from + rule.maxRun);
  let at = from;
  while (at < cap && isRunUnit(rule.alphabet, text.charCodeAt(at))) at += 1;
  return at;
}

function isRunUnit(alphabet: SecretRule['alphabet'], unit: number): boolean {
  if (alphabet === 'upper_digit') return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
  if (isWordUnit(unit) || unit === 0x5f) return true;
  return alphabet !== 'word' && (unit === 0x2d || (alphabet === 'base64url_dots' && unit === 0x2e));
}

/** Words joined by dashes are no secret: there must be a digit or mixed case, and no single letter repeated. */
function looksRandom(text: string, from: number, to: number): boolean {
  let digits = 0;
  let upper = 0;
  let lower = 0;
  const seen = new Set<number>();
  const stop = Math.min(to, from + 128);
  for (let i = from; i < stop; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x30 && unit <= 0x39) digits += 1;
    else if (unit >= 0x41 && unit <= 0x5a) upper += 1;
    else if (unit >= 0x61 && unit <= 0x7a) lower += 1;
    seen.add(unit);
  }
  return seen.size >= 6 && (digits > 0 || (upper > 1 && lower > 1));
}

function hasThreeParts(text: string, start: number, end: number): boolean {
  const first = text.indexOf('.', start);
  if (first < 0 || first >= end) return false;
  const second = text.indexOf('.', first + 1);
  return second > first + 4 && second < end - 4;
}

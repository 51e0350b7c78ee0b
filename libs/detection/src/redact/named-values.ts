import { assignedValue } from './assigned-value.ts';
import type { Candidate, ContextKind } from './found.ts';
import type { SensitiveType } from './sensitive-type.ts';
import { runEnd, unitSet } from './units.ts';

const idUnits = unitSet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/');
const linkWords =
  /^(?:(?: ?(?:number|num|no|nr|id|code|#|№|n°)\.?:?)?[\s:="'#\\[-]{0,6}(?:is |was |ist |est |es )?["']?)/i;
const maxLink = 28;
const maxValue = 24;

interface NamedRule {
  readonly type: SensitiveType;
  readonly minDigits: number;
  readonly min: number;
  readonly max: number;
}

const rules: Readonly<Partial<Record<ContextKind, NamedRule>>> = {
  record: { type: 'MEDICAL_RECORD', minDigits: 4, min: 5, max: 20 },
  passport: { type: 'PASSPORT', minDigits: 4, min: 6, max: 12 },
  licence: { type: 'DRIVING_LICENCE', minDigits: 4, min: 6, max: 20 },
  bank: { type: 'BANK_ACCOUNT', minDigits: 6, min: 6, max: 20 },
};

/** A number whose kind only its name tells: the value right after the name that ends at `end`. */
export function namedValue(text: string, context: ContextKind, end: number): Candidate | undefined {
  const rule = rules[context];
  if (rule === undefined) return undefined;
  const start = valueStart(text, end);
  const stop = trimEnd(text, start, runEnd(text, start, idUnits, maxValue));
  const held = text.slice(start, stop);
  const digits = held.replace(/\D/g, '').length;
  if (digits < rule.minDigits || held.length < rule.min || held.length > rule.max) return undefined;
  if (isDate(held) || (context === 'bank' && digits < held.length - 4) || letters(held) > digits)
    return undefined;
  return { start, end: stop, type: rule.type, detail: null, confidence: 0.85, proof: 4 };
}

function valueStart(text: string, end: number): number {
  const piece = text.slice(end, end + maxLink);
  const link = linkWords.exec(piece)?.[0].length ?? 0;
  const assigned = link === 0 ? assignedValue(text, end, maxValue)?.start : undefined;
  return assigned ?? end + link;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text.charAt(at - 1) === '-' || text.charAt(at - 1) === '/')) at -= 1;
  return at;
}

function letters(held: string): number {
  return held.replace(/[^A-Za-z]/g, '').length;
}

function isDate(held: string): boolean {
  return /^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$/.test(held);
}

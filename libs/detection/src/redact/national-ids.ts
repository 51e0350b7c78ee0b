import { codeAt } from '../automaton.ts';
import { beginsNumber, endsNumber } from './digit-chain.ts';
import type { Candidate, ContextMarks } from './found.ts';
import { europeanIds } from './national-ids/europe.ts';
import type { IdRule } from './national-ids/id-rule.ts';
import { worldIds } from './national-ids/world.ts';
import { digit, isDigitAt, kindAt, upper } from './units.ts';

export const idRules: readonly IdRule[] = [...worldIds, ...europeanIds];

interface PrintedRule {
  readonly rule: IdRule;
  readonly isParted: boolean;
}

/** Rules by the form a number is printed in: `999-99-9999`. */
const byPrint: ReadonlyMap<string, readonly PrintedRule[]> = groupByPrint();
const longestPrint = Math.max(...[...byPrint.keys()].map((print) => print.length));
/** Beginnings of printed forms: a walk along a text stops where none fits any more. */
const beginnings: ReadonlySet<string> = new Set(
  [...byPrint.keys()].flatMap((print) => Array.from(print, (_, i) => print.slice(0, i + 1))),
);

function groupByPrint(): ReadonlyMap<string, readonly PrintedRule[]> {
  const groups = new Map<string, PrintedRule[]>();
  for (const rule of idRules) {
    for (const print of rule.print.split('|').flatMap(expand)) {
      const isParted = /[^9A]/.test(print);
      groups.set(print, [...(groups.get(print) ?? []), { rule, isParted }]);
    }
  }
  return groups;
}

/** `X` is a digit or a letter: every form it can have. */
function expand(print: string): readonly string[] {
  const at = print.indexOf('X');
  if (at < 0) return [print];
  return ['9', 'A'].flatMap((form) => expand(print.slice(0, at) + form + print.slice(at + 1)));
}

const nearName = 48;

/** A national number that begins at `start`; the longest printed form that passes its check. */
export function nationalIdAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  if (!beginsNumber(text, start)) return undefined;
  let print = '';
  let best: Candidate | undefined;
  const cap = Math.min(text.length, start + longestPrint);
  for (let at = start; at < cap; at += 1) {
    print += formOf(text, at);
    if (!beginnings.has(print)) break;
    const rules = byPrint.get(print);
    if (rules === undefined || !endsNumber(text, at + 1)) continue;
    best = judge({ text, start, end: at + 1, rules, marks }) ?? best;
  }
  return best;
}

function formOf(text: string, at: number): string {
  const kind = kindAt(text, at);
  if ((kind & digit) !== 0) return '9';
  return (kind & upper) !== 0 ? 'A' : kind === 0 ? text.charAt(at) : 'a';
}

interface Printed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly rules: readonly PrintedRule[];
  readonly marks: ContextMarks;
}

function judge({ text, start, end, rules, marks }: Printed): Candidate | undefined {
  const value = text.slice(start, end).replace(/[^0-9A-Z]/g, '');
  const isNamed = isNearName(marks, start);
  const isReference = !isNamed && marks.isNear('reference', start, 14);
  if (!isNamed && isInRow(text, start, end)) return undefined;
  const isSpaced = codeAt(text, start + 3) === 0x20;
  const hit = rules.find(({ rule, isParted }) => {
    const isKnown =
      isNamedFor(rule, marks, start, isNamed) || countsAlone(rule, isParted && !isSpaced, isParted);
    return isKnown && !(isReference && rule.strength !== 'alone') && rule.check(value);
  });
  if (hit === undefined) return undefined;
  const { rule } = hit;
  const confidence = isNamed ? 0.95 : rule.strength === 'alone' ? 0.85 : 0.75;
  return rule.isSsn
    ? { start, end, type: 'US_SSN', detail: null, confidence, proof: 6 }
    : { start, end, type: 'NATIONAL_ID', detail: rule.detail, confidence, proof: 6 };
}

/** Numbers with blanks in a longer row of numbers are a table. */
function isInRow(text: string, start: number, end: number): boolean {
  const isBefore = codeAt(text, start - 1) === 0x20 && isDigitAt(text, start - 2);
  const isAfter = codeAt(text, end) === 0x20 && isDigitAt(text, end + 1);
  return (isBefore || isAfter) && text.slice(start, end).includes(' ');
}

/** Whether a form counts without a name near it; Aadhaar is printed with blanks. */
function countsAlone(rule: IdRule, isFormatted: boolean, isParted: boolean): boolean {
  if (rule.strength === 'alone') return true;
  return rule.strength === 'formatted' && (rule.detail === 'IN_AADHAAR' ? isParted : isFormatted);
}

function isNearName(marks: ContextMarks, start: number): boolean {
  return marks.isNear('id', start, nearName) || marks.isNear('ssn', start, nearName);
}

/** An SSN without its dashes wants its own name; the others any name of a national number. */
function isNamedFor(rule: IdRule, marks: ContextMarks, start: number, isNamed: boolean): boolean {
  return rule.isSsn ? marks.isNear('ssn', start, nearName) : isNamed;
}

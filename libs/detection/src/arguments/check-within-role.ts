import { buildAutomaton } from '../automaton.ts';
import { buildPhraseBook } from '../phrase-rules.ts';
import type { ArgumentView, NoteHit } from './argument-view.ts';
import { matchPhrases } from './match-phrases.ts';
import { type RoleRule, roleRules } from './within-role-rules.ts';

const book = buildPhraseBook(roleRules);
const automaton = buildAutomaton(book.literals);

/** Finds what is hostile even where the syntax belongs: a command that wipes a disk, a query that reads files. */
export function checkWithinRole(view: ArgumentView, note: NoteHit): void {
  for (const { rule: number, start, end } of matchPhrases(book, automaton, view)) {
    const rule = roleRules[number];
    if (rule === undefined || rule.confirm?.(view.text, end) === false) continue;
    note(rule, start, end, rule.confidence * weightOf(rule, view));
  }
}

function weightOf({ roles }: RoleRule, view: ArgumentView): number {
  if (roles.includes(view.role)) return 1;
  if (view.isProse) return 0.4;
  return roles.includes('sql') ? 0.5 : 0.9;
}

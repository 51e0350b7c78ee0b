import { buildAutomaton, scanAscii, scanFolded } from '../automaton.ts';
import { foldText } from '../normalize.ts';
import { buildPhraseBook, createPhraseMatcher } from '../phrase-rules.ts';
import type { ArgumentView, NoteHit } from './argument-view.ts';
import { type RoleRule, roleRules } from './within-role-rules.ts';

const book = buildPhraseBook(roleRules);
const automaton = buildAutomaton(book.literals);

/** Finds what is hostile even where the syntax belongs: a command that wipes a disk, a query that reads files. */
export function checkWithinRole(view: ArgumentView, note: NoteHit): void {
  const rules: [rule: RoleRule, start: number, end: number][] = [];
  let match = createPhraseMatcher(book, (hit) => rules.push([hit.rule as RoleRule, hit.start, hit.end]));
  if (!scanAscii(automaton, view.text, match)) {
    rules.length = 0;
    match = createPhraseMatcher(book, (hit) => rules.push([hit.rule as RoleRule, hit.start, hit.end]));
    scanFolded(automaton, foldText(view.text, { hiddenAs: 'nothing' }), match);
  }
  for (const [rule, start, end] of rules) {
    if (rule.confirm?.(view.text, end) === false) continue;
    const weight = rule.roles.includes(view.role)
      ? 1
      : view.isProse
        ? 0.4
        : rule.roles.includes('sql')
          ? 0.5
          : 0.9;
    note(rule, start, end, rule.confidence * weight);
  }
}

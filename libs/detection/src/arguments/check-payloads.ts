import { buildAutomaton } from '../automaton.ts';
import { buildPhraseBook } from '../phrase-rules.ts';
import type { ArgumentView, NoteHit } from './argument-view.ts';
import { matchPhrases } from './match-phrases.ts';
import type { PayloadRule } from './payload-rule.ts';
import { payloadRules } from './payload-rules.ts';

const book = buildPhraseBook(payloadRules);
const automaton = buildAutomaton(book.literals);

/** Finds the literals of payloads, all in one pass. */
export function checkPayloads(view: ArgumentView, note: NoteHit): void {
  for (const { rule: number, start, end } of matchPhrases(book, automaton, view)) {
    const rule = payloadRules[number];
    if (rule === undefined || rule.except?.includes(view.role)) continue;
    note(rule, start, end, rule.confidence * doubtOf(view, rule));
  }
}

const documentName = /content|body|html|markdown|document|_str$|text$/;

/** Documents speak of payloads; a value that is one does not explain itself. */
function doubtOf(view: ArgumentView, rule: PayloadRule): number {
  if (view.isProse) return 0.5;
  if (rule.code.startsWith('html_') && documentName.test(view.name)) return 0.5;
  return view.role === 'free_text' && view.text.length > 400 ? 0.6 : 1;
}

import { buildAutomaton, scanAscii, scanFolded } from '../automaton.ts';
import { foldText } from '../normalize.ts';
import { buildPhraseBook, createPhraseMatcher } from '../phrase-rules.ts';
import type { ArgumentView, NoteHit } from './argument-view.ts';
import type { PayloadRule } from './payload-rule.ts';
import { payloadRules } from './payload-rules.ts';

const book = buildPhraseBook(payloadRules);
const automaton = buildAutomaton(book.literals);

/** Finds the literals of payloads, all in one pass. */
export function checkPayloads(view: ArgumentView, note: NoteHit): void {
  const found: [rule: PayloadRule, start: number, end: number][] = [];
  let match = createPhraseMatcher(book, (hit) => found.push([hit.rule as PayloadRule, hit.start, hit.end]));
  if (!scanAscii(automaton, view.text, match)) {
    found.length = 0;
    match = createPhraseMatcher(book, (hit) => found.push([hit.rule as PayloadRule, hit.start, hit.end]));
    scanFolded(automaton, foldText(view.text, { hiddenAs: 'nothing' }), match);
  }
  for (const [rule, start, end] of found) {
    if (rule.except?.includes(view.role)) continue;
    note(rule, start, end, rule.confidence * doubtOf(view, rule));
  }
}

/** Documents speak of payloads; a value that is one does not explain itself. */
const documentName = /content|body|html|markdown|document|_str$|text$/;

function doubtOf(view: ArgumentView, rule: PayloadRule): number {
  if (view.isProse) return 0.5;
  if (rule.code.startsWith('html_') && documentName.test(view.name)) return 0.5;
  return view.role === 'free_text' && view.text.length > 400 ? 0.6 : 1;
}

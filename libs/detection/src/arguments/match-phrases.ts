import { type Automaton, scanAscii, scanFolded } from '../automaton.ts';
import { foldText } from '../normalize.ts';
import { createPhraseMatcher, type PhraseBook } from '../phrase-rules.ts';
import type { ArgumentView } from './argument-view.ts';

/** A rule of a book, and where its phrase stands. */
export interface FoundPhrase {
  /** Place of the rule in the list the book was built from. */
  readonly rule: number;
  readonly start: number;
  readonly end: number;
}

/** Finds the phrases of a book in one pass; the text is folded only where it must be. */
export function matchPhrases(
  book: PhraseBook,
  automaton: Automaton,
  { text, meter }: ArgumentView,
): readonly FoundPhrase[] {
  const found: FoundPhrase[] = [];
  const matcher = () =>
    createPhraseMatcher(book, ({ number, start, end }) => found.push({ rule: number, start, end }), meter);
  if (scanAscii(automaton, text, matcher())) return found;
  found.length = 0;
  scanFolded(automaton, foldText(text, { hiddenAs: 'nothing' }), matcher());
  return found;
}

import { readGrammar } from './read-grammar.ts';

interface HarmlessGrammar {
  /** Notes that honest definitions carry: loud, commanding, and about the tool itself. */
  readonly usageNotes: readonly string[];
  readonly nouns: readonly string[];
  /** Lines that people and programs write to people. */
  readonly plainLines: readonly string[];
}

export const { usageNotes, nouns, plainLines } = readGrammar('harmless') as HarmlessGrammar;

import { readGrammar } from './read-grammar.ts';

/** Pieces of attacks in the ordinary, blunt style; the generator joins them: frame, trigger, request, pretext, secrecy. */
interface AttackGrammar {
  readonly attackFrames: readonly (readonly [open: string, close: string])[];
  readonly definitionTriggers: readonly string[];
  readonly payloadTriggers: readonly string[];
  /** Verb phrases, lower case at the start; names in braces are slots. */
  readonly requests: readonly string[];
  readonly pretexts: readonly string[];
  readonly secrecy: readonly string[];
  /** Whole attacks in other languages. */
  readonly foreignAttacks: readonly (readonly [lang: string, text: string])[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
}

export const {
  attackFrames,
  definitionTriggers,
  payloadTriggers,
  requests,
  pretexts,
  secrecy,
  foreignAttacks,
  slots,
} = readGrammar('attacks') as AttackGrammar;

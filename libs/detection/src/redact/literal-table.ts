import { type SecretNameKind, secretNames } from './context-secrets.ts';
import { contextWords } from './context-words.ts';
import type { SecretFormat } from './formats/secret-format.ts';
import { type ContextKind, contexts } from './found.ts';
import { formatsByLiteral } from './prefix-secrets.ts';
import { type ShapedKind, shapedLiterals } from './shaped-secrets.ts';

/** What a literal stands for when it is found. */
export type LiteralMeaning =
  | { readonly kind: 'format'; readonly formats: readonly SecretFormat[] }
  | { readonly kind: 'shape'; readonly shape: ShapedKind }
  | { readonly kind: 'secret_name'; readonly name: SecretNameKind }
  | { readonly kind: 'context'; readonly context: ContextKind };

/** Literals for the automaton: those of secrets first, then the words of context. */
export const secretMeanings: readonly (readonly [literal: string, meaning: LiteralMeaning])[] = [
  ...[...formatsByLiteral].map(([literal, formats]) => [literal, { kind: 'format', formats }] as const),
  ...shapedLiterals.map(([literal, shape]) => [literal, { kind: 'shape', shape }] as const),
  ...secretNames.flatMap(([name, literals]) =>
    [...new Set(literals)].map((literal) => [literal, { kind: 'secret_name', name }] as const),
  ),
];

export const contextMeanings: readonly (readonly [literal: string, meaning: LiteralMeaning])[] =
  contexts.flatMap((context) =>
    [...new Set(contextWords[context])].map((literal) => [literal, { kind: 'context', context }] as const),
  );

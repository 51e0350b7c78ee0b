/** The words an attack needs, in one language written with Latin letters; accents are folded away. */
export interface Language {
  readonly ignore: readonly string[];
  readonly earlier: readonly string[];
  readonly orders: readonly string[];
  /** Whole phrases that keep a person from knowing. */
  readonly conceal: readonly string[];
  readonly hide: readonly string[];
  readonly people: readonly string[];
  readonly send: readonly string[];
  readonly secrets: readonly string[];
  readonly addressed: readonly string[];
  readonly persona: readonly string[];
  readonly first: readonly string[];
}

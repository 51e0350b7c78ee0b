/** Placeholder until compiled. */
export interface CompiledRules {
  readonly size: number;
}

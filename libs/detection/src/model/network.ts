/** A wide and a deep part: weights of n-grams, and one hidden layer over structure and meaning. */
export interface Network {
  readonly width: number;
  readonly hidden: number;
  readonly bias: Float32Array;
  readonly sparse: Float32Array;
  /** By input, then by hidden unit. */
  readonly input: Float32Array;
  readonly inputBias: Float32Array;
  readonly output: Float32Array;
  /** Straight from input to output: what explains a score. */
  readonly direct: Float32Array;
}

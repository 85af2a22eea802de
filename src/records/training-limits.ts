/** The allowed range of a hyperparameter. */
export interface NumberLimit {
  /** Smallest allowed value. */
  readonly low: number;
  /** Largest allowed value. */
  readonly high: number;
  /** Whether only integers are allowed. */
  readonly whole?: true;
}

/**
 * Ranges within which a training ends in a reasonable time; the pages enforce them. The engine
 * itself accepts all values that it can compute with, and reports a training that diverges.
 */
export const TRAINING_LIMITS = {
  epochs: { low: 1, high: 500, whole: true },
  batchSize: { low: 1, high: 512, whole: true },
  learningRate: { low: 1e-7, high: 1 },
  dropout: { low: 0, high: 0.9 },
  tuningEpochs: { low: 1, high: 100, whole: true },
  tuningRate: { low: 1e-8, high: 0.1 },
} as const satisfies Readonly<Record<string, NumberLimit>>;

export type LimitedNumber = keyof typeof TRAINING_LIMITS;

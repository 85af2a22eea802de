/** What a number of a training may be. */
export interface NumberLimit {
  readonly low: number;
  readonly high: number;
  /** Only whole numbers make sense. */
  readonly whole?: true;
}

/**
 * Between these, a training ends within reason. The engine itself takes any numbers that it can
 * compute with, and says so when they lead astray.
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

/** What is wrong with a number; undefined where nothing is. */
export function limitFault(
  value: number,
  { low, high, whole }: NumberLimit,
): 'no-number' | 'not-whole' | 'outside' | undefined {
  if (!Number.isFinite(value)) return 'no-number';
  if (value < low || value > high) return 'outside';
  return whole && !Number.isInteger(value) ? 'not-whole' : undefined;
}

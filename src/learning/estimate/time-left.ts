import type { StageSeconds, TrainingStage } from '../../records/model.ts';
import type { ExpectedSeconds } from './expected-seconds.ts';

/**
 * Fraction of a stage from which on only its measured speed counts; before, the estimate is blended
 * in.
 */
const TRUSTED_FRACTION = 0.25;

/** Stages that report the fraction of their work that is done. */
type MeasuredStage = 'features' | 'head' | 'fineTuning';
/** The fraction of each stage that is done, 0 to 1. */
export type StageFractions = Readonly<Record<MeasuredStage, number>>;

export const NOTHING_DONE: StageFractions = { features: 0, head: 0, fineTuning: 0 };

/** How far a run of a training has got. */
export interface TrainingPosition {
  readonly stage: TrainingStage;
  /** What is done now. */
  readonly done: StageFractions;
  /** What was done when this run began, because it resumed a training. */
  readonly doneBefore: StageFractions;
  /** Time that this run has spent in each stage, in seconds. */
  readonly spent: StageSeconds;
  /** Estimate for the whole of each stage, in seconds. */
  readonly expected: ExpectedSeconds;
  /** Whether each epoch of the fine-tuning computes boundary activations of its own. */
  readonly freshBoundaries: boolean;
}

/**
 * The remaining time of a training in seconds: from the speed of this run, blended with the
 * estimate at the beginning of each stage.
 */
export function secondsLeft(position: TrainingPosition): number {
  const { stage, done, doneBefore, spent, expected, freshBoundaries } = position;
  const left = (measured: MeasuredStage) =>
    remaining(done[measured], doneBefore[measured], spent[measured] ?? 0, expected[measured]);
  const features = stage === 'features' ? left('features') : 0;
  const head = stage === 'features' || stage === 'head' ? left('head') : 0;
  if (freshBoundaries) {
    // Boundaries and fine-tuning alternate, so the epochs measure the progress of both.
    const both = (spent.boundaries ?? 0) + (spent.fineTuning ?? 0);
    const expectedBoth = expected.boundaries + expected.fineTuning;
    const tuning = remaining(done.fineTuning, doneBefore.fineTuning, both, expectedBoth);
    return features + head + tuning;
  }
  const boundaries =
    done.fineTuning > 0 ? 0 : Math.max(0, expected.boundaries - (spent.boundaries ?? 0));
  return features + head + boundaries + left('fineTuning');
}

/** The remaining time of one stage in seconds. */
function remaining(done: number, doneBefore: number, spent: number, expected: number): number {
  const left = 1 - done;
  const doneInThisRun = done - doneBefore;
  if (left <= 0) return 0;
  if (doneInThisRun <= 0) return expected * left;
  const trust = Math.min(1, doneInThisRun / TRUSTED_FRACTION);
  return left * (trust * (spent / doneInThisRun) + (1 - trust) * expected);
}

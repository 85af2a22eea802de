import type { StageSeconds, TrainingStage } from '../../records/model.ts';
import type { ExpectedSeconds } from './expected-seconds.ts';

/** Share of a stage after which what it took so far says it all; before, what was expected counts too. */
const TRUSTED_FRACTION = 0.25;

/** Stages whose shares are known. */
export type MeasuredStage = 'features' | 'head' | 'fineTuning';
export type StageFractions = Readonly<Record<MeasuredStage, number>>;

export const NOTHING_DONE: StageFractions = { features: 0, head: 0, fineTuning: 0 };

/** Where a run of a training stands. */
export interface TrainingPosition {
  readonly stage: TrainingStage;
  /** Shares that are done, 0 to 1, and that were done when this run began. */
  readonly done: StageFractions;
  readonly doneBefore: StageFractions;
  /** Seconds of this run. */
  readonly spent: StageSeconds;
  readonly expected: ExpectedSeconds;
  /** Whether each epoch of the fine-tuning waits for boundaries of its own. */
  readonly freshBoundaries: boolean;
}

/** Seconds that a training still takes: at the pace of this run, and before there is one, as expected. */
export function secondsLeft(standing: TrainingPosition): number {
  const { stage, done, doneBefore, spent, expected, freshBoundaries } = standing;
  const left = (shared: MeasuredStage) =>
    remaining(done[shared], doneBefore[shared], spent[shared] ?? 0, expected[shared]);
  const features = stage === 'features' ? left('features') : 0;
  const head = stage === 'features' || stage === 'head' ? left('head') : 0;
  if (freshBoundaries) {
    // They go forward together, by the epochs of the fine-tuning.
    const both = (spent.boundaries ?? 0) + (spent.fineTuning ?? 0);
    const expectedBoth = expected.boundaries + expected.fineTuning;
    const tuning = remaining(done.fineTuning, doneBefore.fineTuning, both, expectedBoth);
    return features + head + tuning;
  }
  const boundaries =
    done.fineTuning > 0 ? 0 : Math.max(0, expected.boundaries - (spent.boundaries ?? 0));
  return features + head + boundaries + left('fineTuning');
}

function remaining(done: number, before: number, spent: number, expected: number): number {
  const rest = 1 - done;
  const here = done - before;
  if (rest <= 0) return 0;
  if (here <= 0) return expected * rest;
  const trust = Math.min(1, here / TRUSTED_FRACTION);
  return rest * (trust * (spent / here) + (1 - trust) * expected);
}

import type { EpochMetrics } from '../../records/model.ts';
import { StageClock } from './stage-clock.ts';
import type { ExpectedSeconds } from '../estimate/expected-seconds.ts';
import { NOTHING_DONE, secondsLeft, type StageFractions } from '../estimate/time-left.ts';
import type { Checkpoint, TrainingPlan } from '../../records/checkpoint.ts';
import type { TrainProgress } from '../../records/training.ts';

/** The expected duration of a training. */
export interface Expectation {
  readonly seconds: ExpectedSeconds;
  /** As in `Workload`. */
  readonly freshBoundaries: boolean;
}

/**
 * Assumed fraction of each stage in the whole training if there is no estimate, without and with
 * fine-tuning.
 */
const DEFAULT_FRACTIONS = {
  plain: { features: 0.1, head: 0.85, evaluation: 0.03, saving: 0.02 },
  tuned: { features: 0.1, head: 0.1, evaluation: 0.02, saving: 0.01, fineTuning: 0.77 },
} as const;

/** Fraction of the progress bar for each stage that is too short to be estimated. */
const SHORT_STAGES = { evaluation: 0.02, saving: 0.01 };

/**
 * Assembles the progress reports of a training: each call states what has changed, and the complete
 * report is passed on.
 */
export class ProgressReport {
  readonly #onProgress: (progress: TrainProgress) => void;
  /** Measures the stages of this run of the training. */
  readonly clock: StageClock;
  #expectation: Expectation | undefined;
  #done: StageFractions = NOTHING_DONE;
  #doneBefore: StageFractions = NOTHING_DONE;
  #fineTunes = false;
  /** Metrics of the head during fine-tuning; fewer epochs than planned if the head diverged. */
  #headHistory: readonly EpochMetrics[] = [];
  #last: TrainProgress = {
    stage: 'features',
    progress: 0,
    paused: false,
    epoch: 0,
    epochs: 0,
    history: [],
    counts: { train: 0, validation: 0, test: 0 },
  };

  constructor(onProgress: (progress: TrainProgress) => void, clock = new StageClock()) {
    this.#onProgress = onProgress;
    this.clock = clock;
  }

  /**
   * Sets the estimate that progress and remaining time are based on; call it before the first
   * stage.
   */
  expect(expectation: Expectation): void {
    this.#expectation = expectation;
  }

  /** Fraction of the head's and the fine-tuning's epochs that this run of the training has done. */
  get doneInThisRun(): Pick<StageFractions, 'head' | 'fineTuning'> {
    const [done, before] = [this.#done, this.#doneBefore];
    return { head: done.head - before.head, fineTuning: done.fineTuning - before.fineTuning };
  }

  /**
   * Reports the plan of the training, and the epochs that were done before.
   *
   * @param from the checkpoint that the training resumes from
   * @param headHistory metrics of the head, if the fine-tuning starts
   */
  plan(
    { hyperparameters, photos }: TrainingPlan,
    from?: Checkpoint,
    headHistory?: readonly EpochMetrics[],
  ): void {
    const { fineTuning, epochs } = hyperparameters;
    this.#fineTunes = fineTuning !== undefined;
    this.#headHistory = headHistory ?? [];
    const history = headHistory ?? from?.state?.history ?? [];
    this.#send({
      epochs: epochs + (fineTuning?.epochs ?? 0),
      ...(fineTuning && { fineTuneFrom: epochs }),
      epoch: history.length,
      history,
      counts: {
        train: photos.train.length,
        validation: photos.validation.length,
        test: photos.test.length,
      },
    });
    if (!from?.state) return;
    this.epoch(headHistory ? 'fineTuning' : 'head', from.state.history);
    this.#doneBefore = this.#done;
  }

  /** Reports that the training is paused or resumed. */
  paused(paused: boolean): void {
    this.clock.setPaused(paused);
    this.#send({ paused });
  }

  /**
   * Reports the progress of a stage.
   *
   * @param fraction the fraction of the stage that is done, 0 to 1
   */
  stage(stage: TrainProgress['stage'], fraction: number): void {
    // After the last boundaries, the next report follows a batch: that time belongs to fine-tuning.
    this.clock.enter(stage === 'boundaries' && fraction >= 1 ? 'fineTuning' : stage);
    if (stage in this.#done) this.#done = { ...this.#done, [stage]: fraction };
    // Boundaries may be computed several times, between epochs, so they do not move the bar.
    const progress =
      stage === 'boundaries'
        ? this.#last.progress
        : this.#fractionBefore(stage) + fraction * this.#fractionOf(stage);
    this.#send({
      stage,
      progress: Math.max(progress, this.#last.progress),
      stageFraction: fraction,
    });
  }

  /**
   * Reports that an epoch is done.
   *
   * @param history metrics of all epochs of this stage so far
   */
  epoch(stage: 'head' | 'fineTuning', history: readonly EpochMetrics[]): void {
    const headEpochs = this.#last.fineTuneFrom ?? this.#last.epochs;
    const stageEpochs = stage === 'head' ? headEpochs : this.#last.epochs - headEpochs;
    const before = stage === 'head' ? [] : this.#headHistory;
    const all = [
      ...before,
      ...history.map((metrics) => ({ ...metrics, epoch: before.length + metrics.epoch })),
    ];
    this.#send({ epoch: all.length, history: all });
    this.stage(stage, history.length / stageEpochs);
  }

  /**
   * Reports that a batch of the fine-tuning is done.
   *
   * @param epoch the current epoch of the fine-tuning, from 1
   * @param fraction the fraction of this epoch that is done, 0 to 1
   */
  batch(epoch: number, fraction: number): void {
    const headEpochs = this.#last.fineTuneFrom ?? 0;
    this.stage('fineTuning', (epoch - 1 + fraction) / (this.#last.epochs - headEpochs));
  }

  /** The fraction of a stage in the whole training, 0 to 1. */
  #fractionOf(stage: TrainProgress['stage']): number {
    if (this.#expectation) return expectedFraction(stage, this.#expectation.seconds);
    const fractions: Partial<Record<TrainProgress['stage'], number>> = this.#fineTunes
      ? DEFAULT_FRACTIONS.tuned
      : DEFAULT_FRACTIONS.plain;
    return fractions[stage] ?? 0;
  }

  /** The fraction of all stages before this one in the whole training, 0 to 1. */
  #fractionBefore(stage: TrainProgress['stage']): number {
    const order = ['features', 'head', 'evaluation', 'saving', 'fineTuning'] as const;
    const index = order.findIndex((each) => each === stage);
    return order.slice(0, index).reduce((sum, each) => sum + this.#fractionOf(each), 0);
  }

  #send(changes: Partial<TrainProgress>): void {
    this.#last = { ...this.#last, ...changes, ...this.#timeLeft(changes.stage) };
    this.#onProgress(this.#last);
  }

  #timeLeft(stage = this.#last.stage): Pick<TrainProgress, 'secondsLeft'> {
    if (!this.#expectation) return {};
    const { seconds: expected, freshBoundaries } = this.#expectation;
    const position = {
      stage,
      done: this.#done,
      doneBefore: this.#doneBefore,
      spent: this.clock.seconds,
      expected,
      freshBoundaries,
    };
    return { secondsLeft: secondsLeft(position) };
  }
}

/** Boundaries do not move the bar, so their time counts as part of the fine-tuning. */
function expectedFraction(stage: TrainProgress['stage'], expected: ExpectedSeconds): number {
  if (stage === 'evaluation' || stage === 'saving') return SHORT_STAGES[stage];
  if (stage === 'boundaries') return 0;
  const { features, head, boundaries, fineTuning } = expected;
  const all = features + head + boundaries + fineTuning;
  const stageSeconds = stage === 'fineTuning' ? boundaries + fineTuning : expected[stage];
  const estimated = 1 - SHORT_STAGES.evaluation - SHORT_STAGES.saving;
  return all > 0 ? estimated * (stageSeconds / all) : 0;
}

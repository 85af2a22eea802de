import type { EpochMetrics } from '../../records/model.ts';
import { StageClock } from './stage-clock.ts';
import type { ExpectedSeconds } from '../estimate/expected-seconds.ts';
import { NOTHING_DONE, secondsLeft, type StageFractions } from '../estimate/time-left.ts';
import type { Checkpoint, TrainingPlan } from '../../records/checkpoint.ts';
import type { TrainProgress } from '../../records/training.ts';

/** What a training is expected to take. */
export interface Expectation {
  readonly seconds: ExpectedSeconds;
  readonly freshBoundaries: boolean;
}

/**
 * How much of the whole training each stage is taken for where nothing is expected, with and without
 * fine-tuning.
 */
const SHARES = {
  plain: { features: 0.1, head: 0.85, evaluation: 0.03, saving: 0.02 },
  tuned: { features: 0.1, head: 0.1, evaluation: 0.02, saving: 0.01, fineTuning: 0.77 },
} as const;

/** What is over in a moment has a place on the bar too. */
const SHORT = { evaluation: 0.02, saving: 0.01 };

/** Puts the news of a training together, so that each report states only what is new. */
export class ProgressReport {
  readonly #onProgress: (progress: TrainProgress) => void;
  /** Of this run. */
  readonly clock: StageClock;
  #expectation: Expectation | undefined;
  #done: StageFractions = NOTHING_DONE;
  #doneBefore: StageFractions = NOTHING_DONE;
  #tunes = false;
  /** Of the head, while its fine-tuning runs; shorter than planned where it went astray. */
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

  /** Stated before the first stage, so that the bar and the time left go by it. */
  expect(expectation: Expectation): void {
    this.#expectation = expectation;
  }

  /** Shares that are done of the stages that have epochs, by this run of the training alone. */
  get doneHere(): Pick<StageFractions, 'head' | 'fineTuning'> {
    const [done, before] = [this.#done, this.#doneBefore];
    return { head: done.head - before.head, fineTuning: done.fineTuning - before.fineTuning };
  }

  /** What the training is going to do, and what of it was done before. */
  plan(
    { hyperparameters, photos }: TrainingPlan,
    from?: Checkpoint,
    headHistory?: readonly EpochMetrics[],
  ): void {
    const { fineTuning, epochs } = hyperparameters;
    this.#tunes = fineTuning !== undefined;
    this.#headHistory = headHistory ?? [];
    const history = headHistory ?? from?.state?.history ?? [];
    this.#tell({
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

  paused(paused: boolean): void {
    this.clock.rest(paused);
    this.#tell({ paused });
  }

  /** @param share of the stage that is done, 0 to 1 */
  stage(stage: TrainProgress['stage'], share: number): void {
    // The next that is heard is a batch that is done: its time is the fine-tuning's.
    this.clock.enter(stage === 'boundaries' && share >= 1 ? 'fineTuning' : stage);
    if (stage in this.#done) this.#done = { ...this.#done, [stage]: share };
    // Boundaries are computed before each stretch of the fine-tuning: the bar waits for it.
    const progress =
      stage === 'boundaries'
        ? this.#last.progress
        : this.#before(stage) + share * this.#share(stage);
    this.#tell({ stage, progress: Math.max(progress, this.#last.progress), stageFraction: share });
  }

  /** @param history of this stage */
  epoch(stage: 'head' | 'fineTuning', history: readonly EpochMetrics[]): void {
    const headEpochs = this.#last.fineTuneFrom ?? this.#last.epochs;
    const stageEpochs = stage === 'head' ? headEpochs : this.#last.epochs - headEpochs;
    const before = stage === 'head' ? [] : this.#headHistory;
    const all = [
      ...before,
      ...history.map((metrics) => ({ ...metrics, epoch: before.length + metrics.epoch })),
    ];
    this.#tell({ epoch: all.length, history: all });
    this.stage(stage, history.length / stageEpochs);
  }

  /** @param epoch of the fine-tuning, 1 for the first */
  batch(epoch: number, share: number): void {
    const headEpochs = this.#last.fineTuneFrom ?? 0;
    this.stage('fineTuning', (epoch - 1 + share) / (this.#last.epochs - headEpochs));
  }

  #share(stage: TrainProgress['stage']): number {
    if (this.#expectation) return expectedShare(stage, this.#expectation.seconds);
    const shares: Partial<Record<TrainProgress['stage'], number>> = this.#tunes
      ? SHARES.tuned
      : SHARES.plain;
    return shares[stage] ?? 0;
  }

  /** The shares of the stages before. */
  #before(stage: TrainProgress['stage']): number {
    const order = ['features', 'head', 'evaluation', 'saving', 'fineTuning'] as const;
    const place = order.findIndex((each) => each === stage);
    return order.slice(0, place).reduce((sum, each) => sum + this.#share(each), 0);
  }

  #tell(news: Partial<TrainProgress>): void {
    this.#last = { ...this.#last, ...news, ...this.#timeLeft(news.stage) };
    this.#onProgress(this.#last);
  }

  #timeLeft(stage = this.#last.stage): Pick<TrainProgress, 'secondsLeft'> {
    if (!this.#expectation) return {};
    const { seconds: expected, freshBoundaries } = this.#expectation;
    const standing = {
      stage,
      done: this.#done,
      doneBefore: this.#doneBefore,
      spent: this.clock.seconds,
      expected,
      freshBoundaries,
    };
    return { secondsLeft: secondsLeft(standing) };
  }
}

/** Boundaries wait with the bar, so that theirs is the fine-tuning's. */
function expectedShare(stage: TrainProgress['stage'], expected: ExpectedSeconds): number {
  if (stage === 'evaluation' || stage === 'saving') return SHORT[stage];
  if (stage === 'boundaries') return 0;
  const { features, head, boundaries, fineTuning } = expected;
  const all = features + head + boundaries + fineTuning;
  const own = stage === 'fineTuning' ? boundaries + fineTuning : expected[stage];
  return all > 0 ? (1 - SHORT.evaluation - SHORT.saving) * (own / all) : 0;
}

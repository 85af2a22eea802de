import type { Checkpoint, TrainingPlan } from '../../models/checkpoint.ts';
import type { EpochMetrics } from '../../models/record.ts';
import type { TrainProgress } from '../service.ts';

/** How much of the whole training each stage is taken for, with and without fine-tuning. */
const SHARES = {
  plain: { features: 0.1, head: 0.85, evaluation: 0.03, saving: 0.02 },
  tuned: { features: 0.1, head: 0.1, evaluation: 0.02, saving: 0.01, fineTuning: 0.77 },
} as const;

/** Puts the news of a training together, so that each report states only what is new. */
export class ProgressReport {
  readonly #onProgress: (progress: TrainProgress) => void;
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

  constructor(onProgress: (progress: TrainProgress) => void) {
    this.#onProgress = onProgress;
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
    if (from?.state) this.epoch(headHistory ? 'fineTuning' : 'head', from.state.history);
  }

  paused(paused: boolean): void {
    this.#tell({ paused });
  }

  /** @param share of the stage that is done, 0 to 1 */
  stage(stage: TrainProgress['stage'], share: number): void {
    // Boundaries are computed before each stretch of the fine-tuning: the bar waits for it.
    const progress =
      stage === 'boundaries'
        ? this.#last.progress
        : this.#before(stage) + share * this.#share(stage);
    this.#tell({ stage, progress: Math.max(progress, this.#last.progress), stageShare: share });
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
    this.#last = { ...this.#last, ...news };
    this.#onProgress(this.#last);
  }
}

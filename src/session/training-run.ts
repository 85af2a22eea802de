import { learning } from './learning.ts';
import type { LearningClient } from '../learning/api/learning-client.ts';
import type { ModelRecord } from '../records/model.ts';
import { Problem } from '../platform/problem.ts';
import { keepScreenOn } from './wake-lock.ts';
import type { TrainOptions, TrainProgress } from '../records/training.ts';
import type { TrainControl } from '../learning/api/training-calls.ts';

export type Preset = TrainOptions['preset'];
type Trainer = Pick<
  LearningClient,
  'train' | 'resumeTraining' | 'pauseTraining' | 'resumePausedTraining'
>;

type RunState = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

/**
 * The training of this page, one at a time. It belongs to no element, so it continues while the
 * user visits other pages. A `change` event is fired when a property changes.
 */
export class TrainingRun extends EventTarget {
  state: RunState = 'idle';
  /** The latest progress of the running or last training. */
  progress: TrainProgress | undefined;
  /** Why the last training failed. */
  problem: Problem | undefined;
  /** The model that the last training made. */
  model: ModelRecord | undefined;
  /** Whether a pause was requested; `progress.paused` tells when the training has paused. */
  pausing = false;
  readonly #learning: Trainer;
  #cancel: AbortController | undefined;
  #letScreenSleep: (() => void) | undefined;

  constructor(learning: Trainer) {
    super();
    this.#learning = learning;
  }

  get running(): boolean {
    return this.state === 'running';
  }

  /** Starts a training unless one is running. Resolves when it has ended; see `state`. */
  start(options: TrainOptions): Promise<void> {
    return this.#run((control) => this.#learning.train(options, control));
  }

  /** Resumes the training that was interrupted, from its checkpoint. Resolves as `start` does. */
  resume(): Promise<void> {
    return this.#run((control) => this.#learning.resumeTraining(control));
  }

  /** Pauses the training and lets the screen turn off. */
  pause(): void {
    if (!this.running) return;
    this.pausing = true;
    this.#learning.pauseTraining();
    this.#letScreenSleep?.();
    this.#changed();
  }

  /** Continues after `pause`. */
  resumePaused(): void {
    if (!this.running || !this.pausing) return;
    this.pausing = false;
    this.#learning.resumePausedTraining();
    this.#letScreenSleep = keepScreenOn();
    this.#changed();
  }

  /** Clears the result of the last training. */
  dismiss(): void {
    if (this.running) return;
    this.problem = undefined;
    this.#enter('idle');
  }

  async #run(train: (control: TrainControl) => Promise<ModelRecord>): Promise<void> {
    if (this.running) return;
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.problem = undefined;
    this.progress = undefined;
    this.pausing = false;
    this.#enter('running');
    this.#letScreenSleep = keepScreenOn();
    try {
      this.model = await train({
        signal: cancel.signal,
        onProgress: (progress) => {
          this.progress = progress;
          this.#changed();
        },
      });
      this.#enter('done');
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.#enter(this.problem.kind === 'cancelled' ? 'cancelled' : 'failed');
    } finally {
      this.#letScreenSleep();
    }
  }

  /** Cancels the training; it ends soon after. */
  cancel(): void {
    this.#cancel?.abort();
    this.#changed();
  }

  /** Whether a cancelled training has not ended yet. */
  get cancelling(): boolean {
    return this.running && this.#cancel?.signal.aborted === true;
  }

  #enter(state: RunState): void {
    this.state = state;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this page. */
export const trainingRun = new TrainingRun(learning);

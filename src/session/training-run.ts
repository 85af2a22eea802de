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
 * The training of this page load, one at a time. It belongs to no element, so that it goes on while
 * the person looks at other pages. A `change` event says that something about it is new.
 */
export class TrainingRun extends EventTarget {
  state: RunState = 'idle';
  /** The newest of the running or last training. */
  progress: TrainProgress | undefined;
  /** Why the last training failed. */
  problem: Problem | undefined;
  /** What the last training made. */
  model: ModelRecord | undefined;
  /** Pause was asked for; `progress.paused` says when the training has come to rest. */
  pausing = false;
  readonly #learning: Trainer;
  #cancel: AbortController | undefined;
  #letScreenSleep: (() => void) | undefined;

  constructor(learning: Trainer) {
    super();
    this.#learning = learning;
  }

  /** Starts a training unless one is running. Resolves when it has ended, however it did. */
  start(options: TrainOptions): Promise<void> {
    return this.#run((control) => this.#learning.train(options, control));
  }

  /** Goes on with the one that was interrupted. */
  resume(): Promise<void> {
    return this.#run((control) => this.#learning.resumeTraining(control));
  }

  /** Lets the training rest, and the screen with it. */
  pause(): void {
    if (this.state !== 'running') return;
    this.pausing = true;
    this.#learning.pauseTraining();
    this.#letScreenSleep?.();
    this.#changed();
  }

  resumePaused(): void {
    if (this.state !== 'running' || !this.pausing) return;
    this.pausing = false;
    this.#learning.resumePausedTraining();
    this.#letScreenSleep = keepScreenOn();
    this.#changed();
  }

  /** How the last training ended is of no matter any more. */
  dismiss(): void {
    if (this.state === 'running') return;
    this.problem = undefined;
    this.#enter('idle');
  }

  async #run(train: (control: TrainControl) => Promise<ModelRecord>): Promise<void> {
    if (this.state === 'running') return;
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

  cancel(): void {
    this.#cancel?.abort();
    this.#changed();
  }

  /** Cancel was asked for and is not through yet. */
  get cancelling(): boolean {
    return this.state === 'running' && this.#cancel?.signal.aborted === true;
  }

  #enter(state: RunState): void {
    this.state = state;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The page's one. */
export const trainingRun = new TrainingRun(learning);

import { learning } from './learning.ts';
import type { LearningClient } from '../learning/client.ts';
import type { TrainOptions, TrainProgress } from '../learning/service.ts';
import type { ModelRecord } from '../models/record.ts';
import { Problem } from '../problem.ts';
import { keepScreenOn } from './wake-lock.ts';

export type Preset = TrainOptions['preset'];
export type RunState = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

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
  readonly #learning: Pick<LearningClient, 'train'>;
  #cancel: AbortController | undefined;

  constructor(learning: Pick<LearningClient, 'train'>) {
    super();
    this.#learning = learning;
  }

  /** Starts a training unless one is running. Resolves when it has ended, however it did. */
  async start(preset: Preset): Promise<void> {
    if (this.state === 'running') return;
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.problem = undefined;
    this.progress = undefined;
    this.#enter('running');
    const letScreenSleep = keepScreenOn();
    try {
      this.model = await this.#learning.train(
        { preset },
        {
          signal: cancel.signal,
          onProgress: (progress) => {
            this.progress = progress;
            this.#changed();
          },
        },
      );
      this.#enter('done');
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.#enter(this.problem.kind === 'cancelled' ? 'cancelled' : 'failed');
    } finally {
      letScreenSleep();
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

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

/** What the next training is going to take, asked of the engine again whenever that may have changed. */
export class EstimateController implements ReactiveController {
  /** Absent until the engine has answered, and where there is nothing to ask. */
  value: TrainingEstimate | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #learning: Pick<LearningClient, 'estimate'>;
  #asked: readonly unknown[] = [];

  constructor(host: ReactiveControllerHost, learning: Pick<LearningClient, 'estimate'>) {
    this.#host = host;
    this.#learning = learning;
    host.addController(this);
  }

  hostConnected(): void {
    this.#asked = [];
  }

  /**
   * Asks unless that is what was asked last.
   *
   * @param options undefined where no training is possible now
   * @param reasons what the answer depends on beside them, compared by identity
   */
  ask(options: TrainOptions | undefined, reasons: readonly unknown[]): void {
    const asked = [JSON.stringify(options), ...reasons];
    if (asked.every((each, i) => each === this.#asked[i])) return;
    this.#asked = asked;
    if (options) void this.#ask(options, asked);
    else this.value = undefined;
  }

  async #ask(options: TrainOptions, asked: readonly unknown[]): Promise<void> {
    let value: TrainingEstimate | undefined;
    try {
      value = await this.#learning.estimate(options);
    } catch (thrown) {
      // Whatever stands in the way is said when the training starts; until then, nothing is foretold.
      console.warn('How long a training takes is not known.', thrown);
    }
    if (asked !== this.#asked) return;
    this.value = value;
    this.#host.requestUpdate();
  }
}

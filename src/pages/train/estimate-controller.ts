import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

/**
 * The estimated time of the next training, requested from the engine whenever it may have changed.
 */
export class EstimateController implements ReactiveController {
  /**
   * Undefined until the engine has answered, and while no training is possible; `none` if it cannot
   * tell.
   */
  value: TrainingEstimate | 'none' | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #learning: Pick<LearningClient, 'estimate'>;
  /** The options and dependencies of the last request. */
  #requested: readonly unknown[] = [];

  constructor(host: ReactiveControllerHost, learning: Pick<LearningClient, 'estimate'>) {
    this.#host = host;
    this.#learning = learning;
    host.addController(this);
  }

  hostConnected(): void {
    this.#requested = [];
  }

  /**
   * Requests an estimate, unless options and dependencies are the same as in the last request.
   *
   * @param options undefined while no training is possible
   * @param dependencies everything else that the estimate depends on, compared by identity
   */
  ask(options: TrainOptions | undefined, dependencies: readonly unknown[]): void {
    const requested = [JSON.stringify(options), ...dependencies];
    if (requested.every((each, i) => each === this.#requested[i])) return;
    this.#requested = requested;
    if (options) void this.#load(options, requested);
    else this.value = undefined;
  }

  async #load(options: TrainOptions, requested: readonly unknown[]): Promise<void> {
    let value: TrainingEstimate | 'none' = 'none';
    try {
      value = await this.#learning.estimate(options);
    } catch (thrown) {
      // The cause is reported when a training starts; until then there is no estimate.
      console.warn('How long a training takes is not known.', thrown);
    }
    if (requested !== this.#requested) return;
    this.value = value;
    this.#host.requestUpdate();
  }
}

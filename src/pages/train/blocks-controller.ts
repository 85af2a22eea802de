import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { TunableBlock } from '../../records/summary.ts';

type Engine = Pick<LearningClient, 'tunableBlocks'>;

/**
 * The blocks from which the current base can be fine-tuned; requested from the engine once per
 * base.
 */
export class BlocksController implements ReactiveController {
  value: readonly TunableBlock[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #learning: Engine;
  #baseKey: string | undefined;

  constructor(host: ReactiveControllerHost, learning: Engine) {
    this.#host = host;
    this.#learning = learning;
    host.addController(this);
  }

  hostConnected(): void {
    this.#baseKey = undefined;
  }

  /** Call it when the engine's status changes: requests the blocks if the base has changed. */
  follow(info: EngineInfo | undefined): void {
    const baseKey = info && `${info.base.id} ${info.inputSize}`;
    if (baseKey === undefined || baseKey === this.#baseKey) return;
    this.#baseKey = baseKey;
    void this.#load(baseKey);
  }

  async #load(baseKey: string): Promise<void> {
    try {
      const value = await this.#learning.tunableBlocks();
      if (baseKey !== this.#baseKey) return;
      this.value = value;
      this.#host.requestUpdate();
    } catch (thrown) {
      // The engine was stopped: the next one is asked again.
      this.#baseKey = undefined;
      console.warn('The blocks of the base are not known.', thrown);
    }
  }
}

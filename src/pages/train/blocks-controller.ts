import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { TunableBlock } from '../../records/summary.ts';

type Asked = Pick<LearningClient, 'tunableBlocks'>;

/** From where the base in use can be fine-tuned; asked of the engine once a base. */
export class BlocksController implements ReactiveController {
  value: readonly TunableBlock[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #learning: Asked;
  #base: string | undefined;

  constructor(host: ReactiveControllerHost, learning: Asked) {
    this.#host = host;
    this.#learning = learning;
    host.addController(this);
  }

  hostConnected(): void {
    this.#base = undefined;
  }

  follow(info: EngineInfo | undefined): void {
    const base = info && `${info.base.id} ${info.inputSize}`;
    if (base === undefined || base === this.#base) return;
    this.#base = base;
    void this.#ask(base);
  }

  async #ask(base: string): Promise<void> {
    try {
      const value = await this.#learning.tunableBlocks();
      if (base !== this.#base) return;
      this.value = value;
      this.#host.requestUpdate();
    } catch (thrown) {
      // The engine was stopped: it is asked again when the next one is there.
      this.#base = undefined;
      console.warn('The blocks of the base are not known.', thrown);
    }
  }
}

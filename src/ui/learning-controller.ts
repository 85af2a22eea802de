import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../learning/client.ts';
import type { EngineStatus } from '../learning/service.ts';

/** Re-renders its element whenever the learning engine's status changes. */
export class LearningController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  readonly #onChange = () => {
    this.#host.requestUpdate();
  };

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  get status(): EngineStatus {
    return this.#client.status;
  }

  hostConnected(): void {
    this.#client.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#client.removeEventListener('change', this.#onChange);
  }
}

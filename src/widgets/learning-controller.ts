import type { ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../learning/api/learning-client.ts';
import type { EngineStatus } from '../records/engine.ts';
import { ListenController } from '../ui/listen-controller.ts';

/** Gives the learning engine's status, and requests an update of the host when it changes. */
export class LearningController {
  readonly #client: LearningClient;

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#client = client;
    new ListenController(host, client, 'change');
  }

  get status(): EngineStatus {
    return this.#client.status;
  }
}

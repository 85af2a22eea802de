import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../../learning/api/learning-client.ts';
import { Problem } from '../../../platform/problem.ts';
import { onChange } from '../../../storage/changes.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import type { LibraryPredictions } from '../../../records/classification.ts';

/**
 * Delay that groups changes in quick succession, such as a burst or an import, into one prediction.
 */
const DEBOUNCE_MS = 400;

/**
 * Keeps the current model's predictions of all photos up to date while its host is connected:
 * predicts again when the model or the photos change, after the features of new photos are
 * computed.
 */
export class LibraryCheck implements ReactiveController {
  /** Undefined until the first prediction is done, and while there is no model. */
  predictions: LibraryPredictions | undefined;
  /** Error of the last prediction. */
  problem: Problem | undefined;
  /** While features are being computed: fraction that is done, 0 to 1. */
  progress: number | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #predictedModelId: string | undefined;

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
    new ListenController(host, client, 'change', () => this.#update());
  }

  /** Whether there is a model to predict with. */
  get hasModel(): boolean {
    const { model } = this.#client.status;
    return model !== undefined && !model.untrained;
  }

  hostConnected(): void {
    this.#stop = onChange('photos', () => this.retry());
    this.#update();
  }

  hostDisconnected(): void {
    this.#stop?.();
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#predictedModelId = undefined;
  }

  /** Predicts again even if the model has not changed. */
  retry(): void {
    this.#predictedModelId = undefined;
    this.#update();
  }

  #update(): void {
    const { phase, model: answering } = this.#client.status;
    // What the base knows is no opinion on labels that the person gave.
    const model = answering?.untrained ? undefined : answering;
    if (phase !== 'ready' || model?.id === this.#predictedModelId) return;
    this.#predictedModelId = model?.id;
    clearTimeout(this.#timer);
    this.#running?.abort();
    if (model) this.#timer = setTimeout(() => void this.#predict(), DEBOUNCE_MS);
    else this.#set({ predictions: undefined });
  }

  async #predict(): Promise<void> {
    const controller = (this.#running = new AbortController());
    const { signal } = controller;
    try {
      const predictions = await this.#client.predictLibrary({
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) this.#set({ predictions: this.predictions, progress });
        },
      });
      if (!signal.aborted) this.#set({ predictions });
    } catch (thrown) {
      const problem = Problem.from(thrown);
      // Without a model there is nothing to report: the `change` event about it follows.
      const isOver = signal.aborted || problem.kind === 'no-model';
      if (!isOver) this.#set({ predictions: this.predictions, problem });
    }
  }

  #set(state: Pick<Partial<LibraryCheck>, 'predictions' | 'problem' | 'progress'>): void {
    this.predictions = state.predictions;
    this.problem = state.problem;
    this.progress = state.progress;
    this.#host.requestUpdate();
  }
}

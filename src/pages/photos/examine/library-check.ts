import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../../learning/api/learning-client.ts';
import { Problem } from '../../../platform/problem.ts';
import { onChange } from '../../../storage/changes.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import type { LibraryPredictions } from '../../../records/classification.ts';

/** Changes come in rows: a burst, an import, a training after each. */
const CALM_MS = 400;

/**
 * Keeps what the current model says of all photos up to date while its element is there: asks again
 * when there is another model or other photos, once the features of new ones are there.
 */
export class LibraryCheck implements ReactiveController {
  judgement: LibraryPredictions | undefined;
  /** Why the photos could not be checked. */
  problem: Problem | undefined;
  /** While features are missing: share that is there, 0 to 1. */
  progress: number | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  #judged: string | undefined;

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
    new ListenController(host, client, 'change', () => this.#look());
  }

  /** Whether there is a model that could say anything. */
  get hasModel(): boolean {
    return this.#client.status.model !== undefined;
  }

  hostConnected(): void {
    this.#stop = onChange('photos', () => this.retry());
    this.#look();
  }

  hostDisconnected(): void {
    this.#stop?.();
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#judged = undefined;
  }

  /** Asks again although nothing is known to have changed. */
  retry(): void {
    this.#judged = undefined;
    this.#look();
  }

  #look(): void {
    const { phase, model } = this.#client.status;
    if (phase !== 'ready' || model?.id === this.#judged) return;
    this.#judged = model?.id;
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (model) this.#timer = setTimeout(() => void this.#ask(), CALM_MS);
    else this.#show({ judgement: undefined });
  }

  async #ask(): Promise<void> {
    const asking = (this.#asking = new AbortController());
    const { signal } = asking;
    try {
      const judgement = await this.#client.predictLibrary({
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) this.#show({ judgement: this.judgement, progress });
        },
      });
      if (!signal.aborted) this.#show({ judgement });
    } catch (thrown) {
      const problem = Problem.from(thrown);
      // Another model, or none, is a change that is on its way.
      const isOver = signal.aborted || problem.kind === 'no-model';
      if (!isOver) this.#show({ judgement: this.judgement, problem });
    }
  }

  #show(news: Pick<Partial<LibraryCheck>, 'judgement' | 'problem' | 'progress'>): void {
    this.judgement = news.judgement;
    this.problem = news.problem;
    this.progress = news.progress;
    this.#host.requestUpdate();
  }
}

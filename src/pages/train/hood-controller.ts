import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import type { EngineInfo, EngineMemory } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { ModelSummaries } from '../../records/summary.ts';

/** Interval between two requests of the memory, in milliseconds. */
const INTERVAL = 2000;

/** Requests the engine's memory and the model summaries while "Under the hood" is open. */
export class HoodController implements ReactiveController {
  memory: EngineMemory | undefined;
  summaries: ModelSummaries | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #learning: Pick<LearningClient, 'memory' | 'summaries'>;
  /** Key of the base and the model whose summaries were requested last. */
  #requested: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    host: ReactiveControllerHost,
    learning: Pick<LearningClient, 'memory' | 'summaries'>,
  ) {
    this.#host = host;
    this.#learning = learning;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /**
   * Starts or stops the requests.
   *
   * @param info of the engine; undefined stops them
   * @param model the model to summarise; undefined for the base with a head for the library's
   *   classes
   */
  follow(info: EngineInfo | undefined, model: ModelRecord | undefined): void {
    if (!info) return this.#stop();
    const requested = [info.base.id, info.inputSize, model?.id].join(' ');
    if (requested === this.#requested) return;
    this.#requested = requested;
    void this.#loadSummaries(requested, model);
    void this.#loadMemory();
    this.#timer ??= setInterval(() => void this.#loadMemory(), INTERVAL);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#requested = undefined;
  }

  async #loadSummaries(requested: string, model: ModelRecord | undefined): Promise<void> {
    const { fineTuning, classes, further } = model ?? {};
    const fromLayer = fineTuning?.kept === true ? fineTuning.options.fromLayer : undefined;
    const summaries = await this.#learning
      .summaries({
        ...(fromLayer !== undefined && { fromLayer }),
        ...(classes && { classes: classes.length }),
        ...(further && { further }),
      })
      .catch(logUnavailable);
    if (requested !== this.#requested) return;
    this.summaries = summaries;
    this.#host.requestUpdate();
  }

  async #loadMemory(): Promise<void> {
    if (document.hidden) return;
    const memory = await this.#learning.memory().catch(logUnavailable);
    if (memory) this.memory = memory;
    this.#host.requestUpdate();
  }
}

/** While the engine restarts it cannot answer; the last memory values remain visible. */
function logUnavailable(thrown: unknown): undefined {
  console.warn('Under the hood, nothing is known now.', thrown);
}

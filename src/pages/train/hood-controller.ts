import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import type { EngineInfo, EngineMemory } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { ModelSummaries } from '../../records/summary.ts';

/** How often the memory is looked at, in milliseconds. */
const INTERVAL = 2000;

/** What the engine tells only when it is asked: while "Under the hood" is open. */
export class HoodController implements ReactiveController {
  memory: EngineMemory | undefined;
  summaries: ModelSummaries | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #learning: Pick<LearningClient, 'memory' | 'summaries'>;
  #asked: string | undefined;
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
    this.#rest();
  }

  /**
   * @param info of the engine; undefined while nothing is to be asked
   * @param model whose layers are told; without, the base with a head for the library's classes
   */
  follow(info: EngineInfo | undefined, model: ModelRecord | undefined): void {
    if (!info) return this.#rest();
    const asked = [info.base.id, info.inputSize, model?.id].join(' ');
    if (asked === this.#asked) return;
    this.#asked = asked;
    void this.#askSummaries(asked, model);
    void this.#askMemory();
    this.#timer ??= setInterval(() => void this.#askMemory(), INTERVAL);
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#asked = undefined;
  }

  async #askSummaries(asked: string, model: ModelRecord | undefined): Promise<void> {
    const { fineTuning, classes } = model ?? {};
    const fromLayer = fineTuning?.kept === true ? fineTuning.options.fromLayer : undefined;
    const summaries = await this.#learning
      .summaries({
        ...(fromLayer !== undefined && { fromLayer }),
        ...(classes && { classes: classes.length }),
      })
      .catch(notTold);
    if (asked !== this.#asked) return;
    this.summaries = summaries;
    this.#host.requestUpdate();
  }

  async #askMemory(): Promise<void> {
    if (document.hidden) return;
    const memory = await this.#learning.memory().catch(notTold);
    if (memory) this.memory = memory;
    this.#host.requestUpdate();
  }
}

/** An engine that is being started anew has nothing to tell: what it told last stays. */
function notTold(thrown: unknown): undefined {
  console.warn('Under the hood, nothing is known now.', thrown);
}

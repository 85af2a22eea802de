import type { ReactiveControllerHost } from 'lit';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { Problem } from '../../platform/problem.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { liveAnswer, type LiveAnswer } from '../../widgets/answer/live-answer.ts';
import type { StillPicture } from './still-picture.ts';

/**
 * The model's answer about a still picture, with its heat map and boxes. Each newer model classifies the
 * picture again, so that the effect of a correction is visible.
 */
export class StillAnswer {
  answer: LiveAnswer | undefined;
  /** Why there is no answer. */
  problem: Problem | undefined;
  /** Time from the request to the answer, in milliseconds. */
  milliseconds: number | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  #still: StillPicture | undefined;
  /** Id of the last model that was asked to classify this picture. */
  #requestedModelId: string | undefined;

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    new ListenController(host, client, 'change', () => void this.#classify());
  }

  /**
   * Sets the picture to classify; undefined for none.
   *
   * @param before an earlier answer about the picture, shown until the new answer is there
   */
  show(still: StillPicture | undefined, before?: LiveAnswer): void {
    this.#still = still;
    this.#requestedModelId = undefined;
    this.answer = before;
    this.problem = undefined;
    this.milliseconds = undefined;
    void this.#classify();
  }

  async #classify(): Promise<void> {
    const still = this.#still;
    const { phase, model } = this.#client.status;
    if (!still || phase !== 'ready' || !model || model.id === this.#requestedModelId) return;
    this.#requestedModelId = model.id;
    try {
      const requestedAt = performance.now();
      const picture = await createImageBitmap(still.square);
      const classification = await this.#client.classify(picture, {
        heatMap: true,
        boxes: true,
      });
      if (still !== this.#still || this.#requestedModelId !== model.id) return;
      if (classification.modelId !== model.id) return this.#classifyAgain();
      this.answer = liveAnswer(model, undefined, classification, 0);
      this.milliseconds = performance.now() - requestedAt;
      this.problem = undefined;
    } catch (thrown) {
      if (still !== this.#still) return;
      // The next change of the engine's status causes another attempt.
      this.#requestedModelId = undefined;
      this.answer = undefined;
      this.problem = Problem.from(thrown, msg('This picture could not be classified.'));
    }
    this.#host.requestUpdate();
  }

  /** Used when a newer model has answered, which the status may report only later. */
  #classifyAgain(): void {
    this.#requestedModelId = undefined;
    void this.#classify();
  }
}

import type { ReactiveControllerHost } from 'lit';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { Problem } from '../../platform/problem.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { liveAnswer, type LiveAnswer } from '../../widgets/answer/live-answer.ts';
import type { StillPicture } from './still-picture.ts';

/**
 * What the model says of a picture that stays, with its heat map; said anew by each newer model, so
 * that a correction shows what it has taught.
 */
export class StillAnswer {
  answer: LiveAnswer | undefined;
  /** Why there is no answer. */
  problem: Problem | undefined;
  /** From the question to the answer. */
  milliseconds: number | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  #still: StillPicture | undefined;
  /** The model that was asked last about this picture. */
  #askedModel: string | undefined;

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    new ListenController(host, client, 'change', () => void this.#ask());
  }

  /**
   * Asks about another picture; about none with undefined.
   *
   * @param before what was said of it already, which stands until the model has looked closely
   */
  show(still: StillPicture | undefined, before?: LiveAnswer): void {
    this.#still = still;
    this.#askedModel = undefined;
    this.answer = before;
    this.problem = undefined;
    this.milliseconds = undefined;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const still = this.#still;
    const { phase, model } = this.#client.status;
    if (!still || phase !== 'ready' || !model || model.id === this.#askedModel) return;
    this.#askedModel = model.id;
    try {
      const asked = performance.now();
      const picture = await createImageBitmap(still.square);
      const classification = await this.#client.classify(picture, { heatMap: true });
      if (still !== this.#still || this.#askedModel !== model.id) return;
      if (classification.modelId !== model.id) return this.#askAgain();
      this.answer = liveAnswer(model, undefined, classification, 0);
      this.milliseconds = performance.now() - asked;
      this.problem = undefined;
    } catch (thrown) {
      if (still !== this.#still) return;
      // The next change of the engine asks again.
      this.#askedModel = undefined;
      this.answer = undefined;
      this.problem = Problem.from(thrown, msg('This picture could not be classified.'));
    }
    this.#host.requestUpdate();
  }

  /** A newer model has answered, which the status may tell of only later. */
  #askAgain(): void {
    this.#askedModel = undefined;
    void this.#ask();
  }
}

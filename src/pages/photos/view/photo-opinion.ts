import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { msg } from '../../../i18n/msg.ts';
import type { LearningClient } from '../../../learning/api/learning-client.ts';
import type { ModelRecord } from '../../../records/model.ts';
import { getImage } from '../../../photos/repository.ts';
import { Problem } from '../../../platform/problem.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import type { Classification } from '../../../records/classification.ts';

/** What the current model says of one photo, and from what in it. */
export interface Opinion {
  readonly photoId: string;
  readonly model: ModelRecord;
  readonly classification: Classification;
}

/** Asks the current model about the photo that is shown, again when there is another of either. */
export class PhotoOpinion implements ReactiveController {
  opinion: Opinion | undefined;
  /** Why there is none. */
  problem: Problem | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  #photoId: string | undefined;
  /** What was asked last. */
  #asked = '';

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
    new ListenController(host, client, 'change', () => this.#look());
  }

  hostConnected(): void {
    this.#look();
  }

  /** The model that will answer; undefined before the first training, or while the engine starts. */
  get model(): ModelRecord | undefined {
    const { phase, model } = this.#client.status;
    return phase === 'ready' ? model : undefined;
  }

  /** Changes what is asked about; undefined for nothing. */
  about(photoId: string | undefined): void {
    if (photoId === this.#photoId) return;
    this.#photoId = photoId;
    this.opinion = undefined;
    this.problem = undefined;
    this.#look();
  }

  #look(): void {
    const { model } = this;
    const photoId = this.#photoId;
    const question = model && photoId !== undefined ? `${model.id} ${photoId}` : '';
    if (question === this.#asked) return;
    this.#asked = question;
    if (model && photoId !== undefined) void this.#ask(question, model, photoId);
  }

  async #ask(question: string, model: ModelRecord, photoId: string): Promise<void> {
    try {
      const image = await getImage(photoId);
      // The picture itself says so where it should stand.
      if (!image) return;
      const bitmap = await createImageBitmap(new Blob([image.bytes], { type: image.type }));
      const classification = await this.#client.classify(bitmap, { heatMap: true });
      if (question !== this.#asked) return;
      // A draft of the model may have taken its place on the way: that change asks again.
      if (classification.modelId === model.id) {
        this.opinion = { photoId, model, classification };
        this.problem = undefined;
      }
    } catch (thrown) {
      if (question !== this.#asked) return;
      this.problem = Problem.from(thrown, msg('Your model gave no answer to this photo.'));
    }
    this.#host.requestUpdate();
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { msg } from '../../../i18n/msg.ts';
import type { LearningClient } from '../../../learning/api/learning-client.ts';
import type { ModelRecord } from '../../../records/model.ts';
import { getImage } from '../../../photos/repository.ts';
import { Problem } from '../../../platform/problem.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import type { Classification } from '../../../records/classification.ts';

/** The current model's answer for one photo, with a heat map. */
export interface Opinion {
  readonly photoId: string;
  readonly model: ModelRecord;
  readonly classification: Classification;
}

/** Classifies the shown photo with the current model, again when the photo or the model changes. */
export class PhotoOpinion implements ReactiveController {
  opinion: Opinion | undefined;
  /** Error of the last classification. */
  problem: Problem | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  #photoId: string | undefined;
  /** Model id and photo id of the last request. */
  #lastRequest = '';

  constructor(host: ReactiveControllerHost, client: LearningClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
    new ListenController(host, client, 'change', () => this.#update());
  }

  hostConnected(): void {
    this.#update();
  }

  /** The model that answers; undefined before the first training and while the engine starts. */
  get model(): ModelRecord | undefined {
    const { phase, model } = this.#client.status;
    return phase === 'ready' ? model : undefined;
  }

  /** Sets the photo to classify; undefined for none. */
  about(photoId: string | undefined): void {
    if (photoId === this.#photoId) return;
    this.#photoId = photoId;
    this.opinion = undefined;
    this.problem = undefined;
    this.#update();
  }

  #update(): void {
    const { model } = this;
    const photoId = this.#photoId;
    const request = model && photoId !== undefined ? `${model.id} ${photoId}` : '';
    if (request === this.#lastRequest) return;
    this.#lastRequest = request;
    if (model && photoId !== undefined) void this.#classify(request, model, photoId);
  }

  async #classify(request: string, model: ModelRecord, photoId: string): Promise<void> {
    try {
      const image = await getImage(photoId);
      // pp-photo-image reports the missing file.
      if (!image) return;
      const bitmap = await createImageBitmap(new Blob([image.bytes], { type: image.type }));
      const classification = await this.#client.classify(bitmap, { heatMap: true });
      if (request !== this.#lastRequest) return;
      // Another model may have answered, such as a draft during a training; its `change` event
      // classifies the photo again.
      if (classification.modelId === model.id) {
        this.opinion = { photoId, model, classification };
        this.problem = undefined;
      }
    } catch (thrown) {
      if (request !== this.#lastRequest) return;
      this.problem = Problem.from(thrown, msg('Your model gave no answer to this photo.'));
    }
    this.#host.requestUpdate();
  }
}

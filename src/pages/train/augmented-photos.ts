import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { learning } from '../../session/learning.ts';
import { msg } from '../../i18n/msg.ts';
import { listClasses } from '../../photos/classes.ts';
import { listPhotos } from '../../photos/repository.ts';
import { trainingSet } from '../../photos/training-set.ts';
import '../../widgets/result/augmented-pictures.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';

/** Nine random augmentations of the newest training photo. */
@customElement('pp-augmented-photos')
export class AugmentedPhotos extends LitElement {
  readonly #photoId = new StoredController(this, ['photos'], newestTrainingPhoto);

  override render() {
    return html`<h3>${msg('What augmentation does')}</h3>
      ${this.#content()}`;
  }

  #content() {
    const { value, problem } = this.#photoId;
    if (problem) {
      return html`<pp-problem-card
        .problem=${problem}
        @retry=${() => this.#photoId.reload()}
      ></pp-problem-card>`;
    }
    if (value === null)
      return html`<p class="quiet">${msg('There is no photo to learn from yet.')}</p>`;
    return html`<p class="quiet">
        ${msg('Your newest photo to learn from, as the tutorial’s RandomFlip and RandomRotation(0.2) change it: mirrored half of the time, turned by up to 72° either way, and reflected where it ends.')}
      </p>
      <pp-augmented-pictures .client=${learning} .photoId=${value ?? ''}></pp-augmented-pictures>`;
  }

  static override styles = [
    sharedStyles,
    css`
      h3 {
        margin: 0 0 8px;
        font-size: 0.9375rem;
      }
      pp-augmented-pictures {
        margin-top: 12px;
      }
    `,
  ];
}

/** Id of the newest training photo; null if there is none. */
async function newestTrainingPhoto(): Promise<string | null> {
  const [classes, photos] = await Promise.all([listClasses(), listPhotos()]);
  const { unreadablePhotos: unreadable } = learning.status;
  const { train } = trainingSet(classes, photos, { unreadable }).photos;
  return train[0]?.id ?? null;
}

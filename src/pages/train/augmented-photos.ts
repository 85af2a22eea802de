import { css, html, LitElement } from 'lit';
import { customElement, queryAll } from 'lit/decorators.js';
import { learning } from '../../app/learning.ts';
import { listPhotos } from '../../photos/repository.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../ui/stored-controller.ts';

const COUNT = 9;

interface AugmentedPhoto {
  readonly photoId: string;
  readonly pictures: readonly ImageBitmap[];
}

/** Nine random augmentations of the newest photo to learn from. */
@customElement('pp-augmented-photos')
export class AugmentedPhotos extends LitElement {
  @queryAll('canvas') private canvases!: NodeListOf<HTMLCanvasElement>;
  readonly #photo = new StoredController(this, ['photos'], () => this.#load());
  /** What the canvases show; its pictures are closed. */
  #drawn: AugmentedPhoto | undefined;

  override render() {
    return html`<h3>What augmentation does</h3>
      ${this.#content()}`;
  }

  #content() {
    const { value, problem } = this.#photo;
    if (problem) {
      return html`<pp-problem-card
        .problem=${problem}
        @retry=${() => this.#photo.reload()}
      ></pp-problem-card>`;
    }
    if (value === null) return html`<p class="quiet">There is no photo to learn from yet.</p>`;
    // Before the pictures are there, their places.
    return html`<p class="quiet">
        Your newest photo to learn from, as the tutorial’s RandomFlip and RandomRotation(0.2) change
        it: mirrored half of the time, turned by up to 72° either way, and reflected where it ends.
      </p>
      <div
        role="img"
        aria-label="Nine pictures of one photo, mirrored or not, each turned otherwise"
      >
        ${Array.from({ length: COUNT }, () => html`<canvas></canvas>`)}
      </div>`;
  }

  override updated(): void {
    const { value, problem } = this.#photo;
    // Without a picture there are no canvases.
    if (problem || !value) this.#drawn = undefined;
    else if (value !== this.#drawn) this.#draw(value);
  }

  /** Null while there is no photo. */
  async #load(): Promise<AugmentedPhoto | null> {
    const { unreadablePhotos } = learning.status;
    const photo = (await listPhotos()).find(
      ({ id, split }) => split === 'train' && !unreadablePhotos.includes(id),
    );
    if (!photo) return null;
    if (photo.id === this.#drawn?.photoId) return this.#drawn;
    return { photoId: photo.id, pictures: await learning.augmented(photo.id, COUNT) };
  }

  #draw(photo: AugmentedPhoto): void {
    this.#drawn = photo;
    photo.pictures.forEach((picture, i) => {
      const canvas = this.canvases[i]!;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')!.drawImage(picture, 0, 0);
      picture.close();
    });
  }

  static override styles = [
    sharedStyles,
    css`
      h3 {
        margin: 0 0 8px;
        font-size: 15px;
      }
      div {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 4px;
        max-width: 488px;
        margin-top: 12px;
      }
      canvas {
        width: 100%;
        aspect-ratio: 1;
        border-radius: var(--radius-photo);
        background: var(--line);
      }
    `,
  ];
}

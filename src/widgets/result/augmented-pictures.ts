import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, queryAll, state } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { Problem } from '../../platform/problem.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/** Number of pictures. */
const COUNT = 9;

/** Nine random augmentations of a photo, as training uses them. */
@customElement('pp-augmented-pictures')
export class AugmentedPictures extends LitElement {
  @property({ attribute: false }) accessor client!: LearningClient;
  @property() accessor photoId = '';
  @state() private accessor problem: Problem | undefined;
  @queryAll('canvas') private accessor canvases!: NodeListOf<HTMLCanvasElement>;

  override render() {
    if (this.problem) {
      return html`<pp-problem-card
        .problem=${this.problem}
        @retry=${() => this.#load()}
      ></pp-problem-card>`;
    }
    // Empty canvases take up the space before the pictures are loaded.
    return html`<div
      role="img"
      aria-label=${msg('Nine pictures of one photo, mirrored or not, each turned otherwise')}
    >
      ${Array.from({ length: COUNT }, () => html`<canvas></canvas>`)}
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('photoId') && this.photoId) void this.#load();
  }

  async #load(): Promise<void> {
    const { photoId } = this;
    try {
      const pictures = await this.client.augmented(photoId, COUNT);
      this.problem = undefined;
      await this.updateComplete;
      pictures.forEach((picture, i) => {
        if (photoId === this.photoId) drawOn(this.canvases[i], picture);
        picture.close();
      });
    } catch (thrown) {
      if (photoId === this.photoId) this.problem = Problem.from(thrown);
    }
  }

  static override styles = [
    sharedStyles,
    css`
      div {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 4px;
        max-width: 488px;
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

function drawOn(canvas: HTMLCanvasElement | undefined, picture: ImageBitmap): void {
  if (!canvas) return;
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
}

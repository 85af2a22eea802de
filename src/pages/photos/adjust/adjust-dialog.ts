import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { isSameSquare, squareIn } from '../../../image/adjust-square.ts';
import { centreSquare, type SquareCrop } from '../../../image/square.ts';
import { adjustPhoto } from '../../../photos/import/adjust-photo.ts';
import { decodeFile } from '../../../photos/import/decode-file.ts';
import type { WidePhoto } from '../../../photos/import/import-files.ts';
import { importRun } from '../../../session/import-run.ts';
import { Problem } from '../../../platform/problem.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import '../../../widgets/library/photo-thumbnail.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import './square-adjuster.ts';

/**
 * The sheet to change the square crop of each photo of the last import that was not square. A crop
 * is stored when the user moves to another photo; closing the sheet discards the change of the
 * current one.
 */
@customElement('pp-adjust-dialog')
export class AdjustDialog extends LitElement {
  @state() private accessor photos: readonly WidePhoto[] = [];
  @state() private accessor index = 0;
  @state() private accessor picture: ImageBitmap | undefined;
  @state() private accessor crop: SquareCrop | undefined;
  @state() private accessor problem: Problem | undefined;
  @state() private accessor saving = false;
  readonly #dialog = new DialogController(this, {
    onClosed: () => this.#closePicture(),
    // A drag of the square may end beside the sheet.
    ignoresBackdrop: () => true,
  });
  @query('[aria-current="true"]') private accessor current!: HTMLElement | null;

  open(photos: readonly WidePhoto[]): void {
    this.photos = photos;
    void this.#dialog.open();
    void this.#show(0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closePicture();
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('index')) this.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  override render() {
    const { photos, index, picture, crop } = this;
    const isLast = index >= photos.length - 1;
    return html`<dialog class="sheet" autofocus aria-labelledby="title" data-adjusting=${index}>
      <div class="heading">
        <div>
          <h2 id="title">${msg('Adjust the square')}</h2>
          <p class="quiet" role="status">
            ${
              photos.length > 1
                ? placeSentence(index, photos.length)
                : msg('Your phone learns from what is inside.', { desc: 'inside the square' })
            }
          </p>
        </div>
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
      </div>
      <p class="problem" role="alert">${this.problem?.message ?? ''}</p>
      ${
        picture && crop
          ? html`<pp-square-adjuster
              .picture=${picture}
              .crop=${crop}
              @crop-change=${({ detail }: CustomEvent<SquareCrop>) => (this.crop = detail)}
            ></pp-square-adjuster>`
          : this.problem
            ? nothing
            : html`<p class="waiting quiet">${msg('Opening the picture…')}</p>`
      }
      ${photos.length > 1 ? this.#strip() : nothing}
      <button
        class="primary"
        data-action="next-square"
        ?disabled=${this.saving}
        @click=${() => void this.#goTo(isLast ? undefined : index + 1)}
      >
        ${isLast ? msg('Done') : msg('Next photo')}
      </button>
    </dialog>`;
  }

  #strip() {
    return html`<div class="strip" role="group" aria-label=${msg('Photos of the import')}>
      ${this.photos.map(
        ({ photoId, picture }, index) =>
          html`<button
            aria-label=${picture.name}
            aria-current=${index === this.index}
            ?disabled=${this.saving}
            @click=${() => void this.#goTo(index)}
          >
            <pp-photo-thumbnail .photoId=${photoId}></pp-photo-thumbnail>
          </button>`,
      )}
    </div>`;
  }

  /**
   * Stores the current crop and shows another photo, or closes the sheet if `index` is undefined.
   */
  async #goTo(index: number | undefined): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    try {
      await this.#save();
      if (index === undefined) this.#dialog.close();
      else await this.#show(index);
    } catch (thrown) {
      this.problem = Problem.from(
        thrown,
        msg('The square could not be stored. The photo is as it was.'),
      );
    } finally {
      this.saving = false;
    }
  }

  async #save(): Promise<void> {
    const { picture, crop } = this;
    const photo = this.photos[this.index];
    if (!picture || !crop || !photo || isSameSquare(crop, squareOf(photo, picture))) return;
    const { id } = await adjustPhoto(photo.photoId, picture, crop);
    const square = { crop, width: picture.width };
    importRun.adjusted(photo.photoId, id, square);
    this.photos = this.photos.with(this.index, { ...photo, photoId: id, square });
  }

  async #show(index: number): Promise<void> {
    this.#closePicture();
    this.index = index;
    const photo = this.photos[index];
    if (!photo) return;
    try {
      const picture = await decodeFile(await photo.picture.read());
      if (index !== this.index || !this.#dialog.isOpen) {
        picture.close();
        return;
      }
      this.picture = picture;
      this.crop = squareOf(photo, picture);
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
  }

  /** A decoded picture takes up to 160 MB, so only the visible one is in memory. */
  #closePicture(): void {
    this.picture?.close();
    this.picture = undefined;
    this.crop = undefined;
    this.problem = undefined;
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    css`
      dialog[open] {
        display: grid;
        gap: 12px;
      }
      .problem {
        color: var(--wrong);
      }
      .problem:empty {
        display: none;
      }
      .waiting {
        display: grid;
        place-items: center;
        min-height: 46dvh;
      }
      .strip {
        display: flex;
        gap: 8px;
        padding: 4px;
        overflow-x: auto;
      }
      .strip button {
        flex: none;
        width: 56px;
        height: 56px;
        padding: 0;
        overflow: hidden;
        border: 0;
        border-radius: var(--radius-photo);
      }
      .strip [aria-current='true'] {
        outline: 3px solid var(--press);
        outline-offset: 1px;
      }
      pp-photo-thumbnail {
        width: 100%;
        height: 100%;
      }
    `,
  ];
}

/** The crop that is stored now. */
function squareOf({ square }: WidePhoto, picture: ImageBitmap): SquareCrop {
  return square ? squareIn(square, picture) : centreSquare(picture.width, picture.height);
}

function placeSentence(index: number, count: number): string {
  const [place, total] = [wholeNumber(index + 1), wholeNumber(count)];
  return msg(str`Photo ${place} of ${total}`);
}

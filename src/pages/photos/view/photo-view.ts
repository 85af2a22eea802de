import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { learning } from '../../../session/learning.ts';
import { msg, str } from '../../../i18n/msg.ts';
import { presentClasses } from '../../../models/present-classes.ts';
import '../../../widgets/answer/heat-map.ts';
import '../../../ui/notice-bar.ts';
import type { NoticeBar } from '../../../ui/notice-bar.ts';
import { groupOf } from '../../../photos/training-splits.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import type { Notice } from '../../../ui/notice.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { isRightToLeft, keyInReadingOrder } from '../../../ui/reading-order.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { deleteWithUndo, relabelWithUndo } from '../photo-actions.ts';
import './photo-facts.ts';
import './photo-image.ts';
import { PhotoOpinion } from './photo-opinion.ts';
import { NO_LABEL, tileName } from '../photo-sentences.ts';
import { photoViewStyles } from './photo-view-styles.ts';
import type { ClassRecord } from '../../../records/class.ts';

/** Minimum horizontal distance of a swipe in CSS px. */
const SWIPE = 48;

/**
 * A dialog with one large photo and its details.
 *
 * Events: `turn` with the id of the photo that is shown now; `close` with the id of the last photo.
 */
@customElement('pp-photo-view')
export class PhotoView extends LitElement {
  @property({ attribute: false }) accessor photos: readonly PhotoRecord[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Id of the shown photo; undefined while closed. */
  @state() private accessor photoId: string | undefined;
  @state() private accessor heat = false;
  @query('pp-notice-bar') private accessor noticeBar!: NoticeBar;
  /** Order of the photo ids when the view opened, so that a new label does not move the photo. */
  #order: readonly string[] = [];
  #swipeFrom: number | undefined;
  readonly #dialog = new DialogController(this, { onClosed: () => this.#onClosed() });
  readonly #opinion = new PhotoOpinion(this, learning);

  /**
   * Opens the view, or changes the photo. For a photo that is not in the library it shows a
   * message.
   *
   * @param order ids of the photos to step through
   */
  show(photoId: string, order: readonly string[]): void {
    if (!this.#dialog.isOpen) {
      this.#order = order.includes(photoId) ? order : [photoId];
      void this.#dialog.open();
    }
    this.photoId = photoId;
  }

  hide(): void {
    this.#dialog.close();
  }

  override willUpdate(): void {
    const exists = this.photos.some(({ id }) => id === this.photoId);
    this.#opinion.about(exists ? this.photoId : undefined);
  }

  override render() {
    const shown = this.#shown();
    const place = shown.findIndex(({ id }) => id === this.photoId);
    const photo = shown[place];
    return html`<dialog
      autofocus
      aria-label=${msg('Photo')}
      @keydown=${this.#onKey}
      @pp-notice=${this.#onNotice}
    >
      ${photo ? this.#photo(photo, place, shown) : this.photoId === undefined ? nothing : this.#gone()}
      <pp-notice-bar></pp-notice-bar>
    </dialog>`;
  }

  /** Shown for an unknown id, or when the photo was deleted in this or another tab. */
  #gone() {
    return html`<div class="gone" data-photo-gone>
      ${icon('photos')}
      <h2>${msg('This photo is not here')}</h2>
      <p class="quiet">${msg('It was deleted, or it is on another phone.')}</p>
      <button class="primary" @click=${this.#dialog.close}>${msg('All photos')}</button>
    </div>`;
  }

  #photo(photo: PhotoRecord, place: number, shown: readonly PhotoRecord[]) {
    const label = this.classes.find(({ id }) => id === photo.classId);
    const { opinion, problem } = this.#opinion;
    const [number, count] = [wholeNumber(place + 1), wholeNumber(shown.length)];
    return html`
      <header>
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
        <p class="quiet" aria-live="polite">${msg(str`${number} of ${count}`)}</p>
        <button
          class="round"
          aria-label=${msg('Delete this photo')}
          data-action="delete"
          @click=${() => this.#delete(photo, place, shown)}
        >
          ${icon('delete')}
        </button>
      </header>
      <div class="picture" @pointerdown=${this.#onDown} @pointerup=${this.#onUp}>
        <pp-photo-image
          .photoId=${photo.id}
          .alt=${tileName(label?.name ?? NO_LABEL, photo)}
        ></pp-photo-image>
        ${
          this.heat && opinion?.photoId === photo.id
            ? html`<pp-heat-map
                .map=${opinion.classification.heatMap}
                .classes=${presentClasses(opinion.model.classes, this.classes)}
              ></pp-heat-map>`
            : nothing
        }
        ${this.#turn('previous', msg('Previous photo'), shown[place - 1])}
        ${this.#turn('next', msg('Next photo'), shown[place + 1])}
      </div>
      <pp-photo-facts
        .photo=${photo}
        .classes=${this.classes}
        .alike=${this.photos.filter((other) => other !== photo && isAlike(other, photo))}
        .asked=${this.#opinion}
        .opinion=${opinion}
        .problem=${problem}
        .heat=${this.heat}
        @heat-map=${() => (this.heat = !this.heat)}
        @turn=${(event: CustomEvent<string>) => this.#turnTo(event.detail)}
        @relabel=${(event: CustomEvent<ClassRecord>) =>
          relabelWithUndo(this.noticeBar, [photo], event.detail)}
      ></pp-photo-facts>
    `;
  }

  #turn(direction: 'previous' | 'next', name: string, to: PhotoRecord | undefined) {
    return html`<button
      class="turn ${direction}"
      aria-label=${name}
      ?hidden=${!to}
      @click=${() => this.#turnTo(to?.id)}
    >
      ${icon('back')}
    </button>`;
  }

  #shown(): PhotoRecord[] {
    const byId = new Map(this.photos.map((photo) => [photo.id, photo]));
    return this.#order.flatMap((id) => byId.get(id) ?? []);
  }

  #delete(photo: PhotoRecord, place: number, shown: readonly PhotoRecord[]): void {
    const next = shown[place + 1] ?? shown[place - 1];
    if (next) {
      this.#turnTo(next.id);
      void deleteWithUndo(this.noticeBar, [photo.id], () => {
        if (this.#dialog.isOpen) this.#turnTo(photo.id);
      });
      return;
    }
    this.#dialog.close();
    void deleteWithUndo(this, [photo.id]);
  }

  /**
   * Shows notices in the dialog: a notice of the page would be under it and could not be pressed.
   */
  #onNotice(event: CustomEvent<Notice>): void {
    if (!this.#dialog.isOpen) return;
    event.stopPropagation();
    this.noticeBar.show(event.detail);
  }

  #onClosed(): void {
    // Undo stays available in the page after the dialog is closed.
    this.noticeBar.handOver(this);
    this.dispatchEvent(new CustomEvent('close', { detail: this.photoId }));
    this.photoId = undefined;
  }

  #onKey(event: KeyboardEvent): void {
    const key = keyInReadingOrder(event.key, this);
    if (key === 'ArrowLeft') this.#step(-1);
    if (key === 'ArrowRight') this.#step(1);
  }

  #onDown(event: PointerEvent): void {
    this.#swipeFrom = event.pointerType === 'touch' ? event.clientX : undefined;
  }

  #onUp(event: PointerEvent): void {
    if (this.#swipeFrom === undefined) return;
    const moved = event.clientX - this.#swipeFrom;
    // The next photo comes from the side of its button: from the left where text runs leftwards.
    const isForward = isRightToLeft(this) ? moved > 0 : moved < 0;
    if (Math.abs(moved) >= SWIPE) this.#step(isForward ? 1 : -1);
  }

  #step(by: number): void {
    const shown = this.#shown();
    const place = shown.findIndex(({ id }) => id === this.photoId);
    this.#turnTo(shown[place + by]?.id);
  }

  #turnTo(photoId: string | undefined): void {
    if (photoId === undefined) return;
    if (!this.#order.includes(photoId)) this.#order = [...this.#order, photoId];
    this.photoId = photoId;
    this.dispatchEvent(new CustomEvent('turn', { detail: photoId }));
  }

  static override styles = [sharedStyles, dialogStyles, photoViewStyles];
}

/** Whether two photos are of one burst or near-duplicates; the first of a burst has no burst id. */
function isAlike(one: PhotoRecord, other: PhotoRecord): boolean {
  return groupOf(one) === groupOf(other);
}

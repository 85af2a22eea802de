import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from '../../ui/style-map.ts';
import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { classColour } from '../../ui/class-colour.ts';
import { nearViewport } from '../../ui/near-viewport.ts';
import '../../ui/photo-thumbnail.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { NO_LABEL, tileName } from './photo-sentences.ts';

/** Tiles that are added at a time as the end of the grid comes near. */
const STEP = 120;

/** Photos as square tiles. A tap sends `open-photo` with the photo's id as detail. */
@customElement('pp-photo-grid')
export class PhotoGrid extends LitElement {
  @property({ attribute: false }) photos: readonly PhotoRecord[] = [];
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @state() private shown = STEP;
  @query('.end') private end!: Element | null;
  #stop: (() => void) | undefined;

  override render() {
    const classes = new Map(this.classes.map((record) => [record.id, record]));
    return html`
      <div class="grid" role="list">
        ${repeat(
          this.photos.slice(0, this.shown),
          ({ id }) => id,
          (photo) =>
            html`<div role="listitem">${this.#tile(photo, classes.get(photo.classId))}</div>`,
        )}
      </div>
      ${this.shown < this.photos.length ? html`<div class="end"></div>` : nothing}
    `;
  }

  #tile(photo: PhotoRecord, label: ClassRecord | undefined) {
    const name = label?.name ?? NO_LABEL;
    const palette = label?.palette ?? 0;
    return html`<button
      data-photo=${photo.id}
      data-class=${photo.classId}
      aria-label=${tileName(name, photo)}
      @click=${() => this.dispatchEvent(new CustomEvent('open-photo', { detail: photo.id }))}
    >
      <pp-photo-thumbnail .photoId=${photo.id}></pp-photo-thumbnail>
      <span
        class="label"
        style=${styleMap({
          background: classColour(palette, '-soft'),
          color: classColour(palette),
        })}
        >${name}</span
      >
    </button>`;
  }

  /** Moves the keyboard's focus to a photo's tile, where the person left off. */
  focusPhoto(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-photo="${CSS.escape(id)}"]`)?.focus();
  }

  override updated(): void {
    // Watched anew after each step: the observer reports changes only, and the end may still be near.
    this.#stop?.();
    this.#stop =
      this.end === null
        ? undefined
        : nearViewport(this.end, (near) => {
            if (near) this.shown += STEP;
          });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.shown = STEP;
  }

  static override styles = [
    sharedStyles,
    css`
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(110px, 1fr));
        gap: 4px;
      }
      button {
        position: relative;
        display: block;
        width: 100%;
        aspect-ratio: 1;
        padding: 0;
        overflow: hidden;
        border: 0;
        border-radius: var(--radius-photo);
        background: var(--line);
        content-visibility: auto;
      }
      pp-photo-thumbnail {
        width: 100%;
        height: 100%;
      }
      .label {
        position: absolute;
        bottom: 6px;
        left: 6px;
        max-width: calc(100% - 12px);
        padding: 2px 9px;
        overflow: hidden;
        border-radius: 999px;
        font-size: 12px;
        font-weight: 700;
        line-height: 1.4;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      :focus-visible {
        outline-offset: -4px;
      }
      .end {
        height: 1px;
      }
      @media (min-width: 840px) {
        .grid {
          grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
          gap: 6px;
        }
      }
    `,
  ];
}

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { msg } from '../../../i18n/msg.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { icon } from '../../../ui/icons.ts';
import { keyInReadingOrder } from '../../../ui/reading-order.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import {
  gridGeometry,
  indexAfterKey,
  rangeInView,
  type GridGeometry,
  type GridRange,
} from './grid-geometry.ts';
import { photoGridStyles } from './photo-grid-styles.ts';
import { NO_LABEL, tileName } from '../photo-sentences.ts';
import { ThumbnailUrls } from './thumbnail-urls.ts';
import { TileGestures } from './tile-gestures.ts';
import type { ClassRecord } from '../../../records/class.ts';

/** From this window width in pixels on, tiles are larger. */
const WIDE = 840;
/** Rows rendered above and below the visible ones, so that scrolling shows no empty rows. */
const ROWS_AROUND = 3;

/** A request to select or deselect a photo. */
export interface Pick {
  readonly photoId: string;
  /** Whether to select the range from the last selected photo (Shift). */
  readonly range: boolean;
}

interface Tiles {
  /** Places in `photos` of the tiles to render. */
  readonly indices: readonly number[];
  /** The one that Tab focuses. */
  readonly tabbable: number | undefined;
}

/**
 * A virtualized grid of square photo tiles: only the tiles in view and the focused one are
 * rendered, so that 10,000 photos open and scroll like ten. (@lit-labs/virtualizer is not used: it
 * is 50 kB, which a grid of squares does not need, it loses the focus, and it does not number the
 * items.)
 *
 * Events: `open-photo` with a photo's id; `pick-photo` with a Pick, for the selection.
 */
@customElement('pp-photo-grid')
export class PhotoGrid extends LitElement {
  @property({ attribute: false }) accessor photos: readonly PhotoRecord[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Ids of the selected photos; undefined outside the selection mode. */
  @property({ attribute: false }) accessor selected: ReadonlySet<string> | undefined;
  /** Ids of photos whose label the model disagrees with. */
  @property({ attribute: false }) accessor doubtful: ReadonlySet<string> = new Set();
  /** The scroll container of the grid. */
  @property({ attribute: false }) accessor scroller: HTMLElement | undefined;

  readonly #thumbnails = new ThumbnailUrls(() => this.requestUpdate());
  readonly #gestures = new TileGestures(this, (target) => {
    const id = photoOf(target);
    if (id !== undefined) this.#pick(id, false);
  });
  readonly #resizeObserver = new ResizeObserver(() => this.requestUpdate());
  #observedScroller: HTMLElement | undefined;
  #geometry: GridGeometry = gridGeometry(0, 0, 1, 0);
  #indexOf: ReadonlyMap<string, number> = new Map();
  /** Id of the photo with the roving tabindex, which Tab focuses. */
  #active: string | undefined;
  /**
   * Whether the active photo has the focus; its tile then stays rendered when it is out of view.
   */
  #focused = false;
  /** The photos that are rendered because they are in view or near it. */
  #range: GridRange = { from: 0, to: 0 };
  #tiles: Tiles = { indices: [], tabbable: undefined };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizeObserver.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizeObserver.disconnect();
    this.#observe(undefined);
    this.#thumbnails.want([]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.#observe(this.scroller);
    if (changed.has('photos')) {
      this.#indexOf = new Map(this.photos.map(({ id }, index) => [id, index]));
    }
    this.#measure();
    this.#tiles = this.#tilesToRender();
  }

  override updated(): void {
    this.#thumbnails.want(this.#tiles.indices.map((index) => this.photos[index]!.id));
  }

  /** Measures before Lit writes to the DOM, so that no layout is computed twice. */
  #measure(): void {
    // In WebKit, matchMedia() still has the answer of before when the ResizeObserver calls.
    const [smallest, gap] = window.innerWidth >= WIDE ? [148, 6] : [110, 4];
    this.#geometry = gridGeometry(this.clientWidth, this.photos.length, smallest, gap);
    this.#range = this.#rangeInView();
  }

  /** The tiles of the range, and the focused one. */
  #tilesToRender(): Tiles {
    const { from, to } = this.#range;
    const indices = Array.from({ length: to - from }, (_, i) => from + i);
    const active = this.#indexOf.get(this.#active ?? '');
    if (this.#focused && active !== undefined && !indices.includes(active)) {
      if (active < from) indices.unshift(active);
      else indices.push(active);
    }
    const isRendered = active !== undefined && indices.includes(active);
    return { indices, tabbable: isRendered ? active : indices[0] };
  }

  override render() {
    const { indices, tabbable } = this.#tiles;
    const classes = new Map(this.classes.map((record) => [record.id, record]));
    return html`<div
      class="grid"
      role="list"
      aria-label=${msg('Photos')}
      style=${styleMap({ '--tile': `${this.#geometry.tile}px`, height: `${this.#geometry.height}px` })}
      @click=${this.#onClick}
      @keydown=${this.#onKey}
      @focusin=${this.#onFocus}
      @focusout=${this.#onBlur}
      @pointerdown=${this.#gestures.onDown}
      @pointermove=${this.#gestures.onMove}
      @pointerup=${this.#gestures.onEnd}
      @pointercancel=${this.#gestures.onEnd}
      @contextmenu=${this.#gestures.onMenu}
    >
      ${repeat(
        indices,
        (index) => this.photos[index]!.id,
        (index) => this.#tile(index, classes, index === tabbable),
      )}
    </div>`;
  }

  #tile(index: number, classes: ReadonlyMap<string, ClassRecord>, tabbable: boolean) {
    const photo = this.photos[index]!;
    const label = classes.get(photo.classId);
    const name = label?.name ?? NO_LABEL;
    const palette = label?.palette ?? 0;
    const doubtful = this.doubtful.has(photo.id);
    const { columns, step } = this.#geometry;
    return html`<div
      role="listitem"
      aria-setsize=${this.photos.length}
      aria-posinset=${index + 1}
      style=${styleMap({
        insetInlineStart: `${(index % columns) * step}px`,
        insetBlockStart: `${Math.floor(index / columns) * step}px`,
      })}
    >
      <button
        data-photo=${photo.id}
        data-class=${photo.classId}
        ?data-doubtful=${doubtful}
        tabindex=${tabbable ? 0 : -1}
        aria-label=${tileName(name, photo, doubtful)}
        aria-pressed=${this.selected ? String(this.selected.has(photo.id)) : nothing}
      >
        ${this.#picture(photo.id)}
        <span
          class="label"
          style=${styleMap({
            background: classColour(palette, '-soft'),
            color: classColour(palette),
          })}
          >${name}</span
        >
        ${this.selected ? html`<span class="mark">${icon('check')}</span>` : nothing}
      </button>
    </div>`;
  }

  #picture(photoId: string) {
    if (this.#thumbnails.isMissing(photoId))
      return html`<span class="missing">${msg('Not readable')}</span>`;
    const url = this.#thumbnails.get(photoId);
    return url === undefined
      ? nothing
      : html`<img
          src=${url}
          alt=""
          draggable="false"
          decoding="async"
          @error=${() => this.#thumbnails.setMissing(photoId)}
        />`;
  }

  /** Moves the focus to a photo's tile, and scrolls it into view. */
  async focusPhoto(id: string): Promise<void> {
    if (!this.#indexOf.has(id)) return;
    this.#active = id;
    this.#focused = true;
    this.requestUpdate();
    await this.updateComplete;
    const tile = this.renderRoot.querySelector<HTMLElement>(`[data-photo="${CSS.escape(id)}"]`);
    tile?.scrollIntoView({ block: 'nearest' });
    tile?.focus({ preventScroll: true });
  }

  #rangeInView(): GridRange {
    const { scroller } = this;
    if (!scroller) return { from: 0, to: 0 };
    const view = scroller.getBoundingClientRect();
    const top = view.top - this.getBoundingClientRect().top;
    const { height } = view;
    return rangeInView(this.#geometry, this.photos.length, { top, height, around: ROWS_AROUND });
  }

  #observe(scroller: HTMLElement | undefined): void {
    if (scroller === this.#observedScroller) return;
    this.#observedScroller?.removeEventListener('scroll', this.#onScroll);
    if (this.#observedScroller) this.#resizeObserver.unobserve(this.#observedScroller);
    this.#observedScroller = scroller;
    scroller?.addEventListener('scroll', this.#onScroll, { passive: true });
    if (scroller) this.#resizeObserver.observe(scroller);
  }

  readonly #onScroll = () => {
    const { from, to } = this.#rangeInView();
    if (from !== this.#range.from || to !== this.#range.to) this.requestUpdate();
  };

  readonly #onClick = (event: MouseEvent) => {
    const id = photoOf(event.target);
    if (id === undefined || this.#gestures.isEndOfLongPress()) return;
    if (event.shiftKey) this.#pick(id, true);
    else if (this.selected || event.ctrlKey || event.metaKey) this.#pick(id, false);
    else this.dispatchEvent(new CustomEvent('open-photo', { detail: id }));
  };

  #pick(photoId: string, range: boolean): void {
    this.dispatchEvent(new CustomEvent<Pick>('pick-photo', { detail: { photoId, range } }));
  }

  readonly #onKey = (event: KeyboardEvent) => {
    const focused = photoOf(event.target) ?? '';
    const index = this.#indexOf.get(focused);
    if (index === undefined || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'Enter') return;
      // Ctrl+Enter selects like Ctrl+click; the browser would send a click without Ctrl.
      event.preventDefault();
      this.#pick(focused, false);
      return;
    }
    const height = this.scroller?.clientHeight ?? 0;
    const key = keyInReadingOrder(event.key, this);
    const next = indexAfterKey(key, index, this.photos.length, this.#geometry, height);
    if (next === undefined) return;
    event.preventDefault();
    const { id } = this.photos[next]!;
    if (event.shiftKey && this.selected) this.#pick(id, true);
    void this.focusPhoto(id);
  };

  readonly #onFocus = (event: FocusEvent) => {
    this.#active = photoOf(event.target) ?? this.#active;
    this.#focused = true;
    this.requestUpdate();
  };

  readonly #onBlur = () => {
    this.#focused = false;
  };

  static override styles = [sharedStyles, photoGridStyles];
}

function photoOf(target: EventTarget | null): string | undefined {
  return (target as Element | null)?.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import { getThumbnail } from '../../photos/repository.ts';
import { nearViewport } from '../../ui/near-viewport.ts';

/**
 * A photo's thumbnail, which fills its square. The image is loaded when it comes near the viewport
 * and released when it leaves, so that memory does not grow with the size of the library. The
 * element around it gives the photo's accessible name.
 */
@customElement('pp-photo-thumbnail')
export class PhotoThumbnail extends LitElement {
  @property() accessor photoId = '';
  @state() private accessor url = '';
  @state() private accessor missing = false;
  #near = false;
  #unobserve: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unobserve = nearViewport(this, (near) => {
      this.#near = near;
      if (near) void this.#load();
      else this.#release();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unobserve?.();
    this.#near = false;
    this.#release();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('photoId') || changed.get('photoId') === undefined) return;
    this.#release();
    if (this.#near) void this.#load();
  }

  override render() {
    if (this.missing) return html`<span>${msg('Not readable')}</span>`;
    return this.url
      ? html`<img src=${this.url} alt="" draggable="false" @error=${() => (this.missing = true)} />`
      : nothing;
  }

  async #load(): Promise<void> {
    const id = this.photoId;
    // A failed read shows as "Not readable", and the page reports a broken library.
    const stored = await getThumbnail(id).catch(() => undefined);
    if (!this.#near || id !== this.photoId) return;
    this.#release();
    this.missing = !stored;
    if (stored) this.url = URL.createObjectURL(new Blob([stored.bytes], { type: stored.type }));
  }

  #release(): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = '';
    this.missing = false;
  }

  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      overflow: hidden;
      background: var(--line);
      color: var(--quiet);
      font-size: 0.75rem;
    }
    img {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
    @media (prefers-reduced-motion: no-preference) {
      img {
        animation: appear 0.15s ease-out;
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `;
}

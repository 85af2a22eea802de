import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import { getImage } from '../../../photos/repository.ts';

/** A photo in its stored resolution. The previous photo stays visible until this one is loaded. */
@customElement('pp-photo-image')
export class PhotoImage extends LitElement {
  @property() accessor photoId = '';
  /** What the photo shows, for a screen reader. */
  @property() accessor alt = '';
  @state() private accessor url = '';
  @state() private accessor missing = false;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('photoId')) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#show('');
  }

  override render() {
    if (this.missing) {
      return html`<p>
        ${msg('The file of this photo cannot be read. Delete it, or take it again.')}
      </p>`;
    }
    return this.url
      ? html`<img
          src=${this.url}
          alt=${this.alt}
          draggable="false"
          @error=${() => (this.missing = true)}
        />`
      : html``;
  }

  async #load(): Promise<void> {
    const id = this.photoId;
    if (!id) {
      this.#show('');
      return;
    }
    const stored = await getImage(id).catch(() => undefined);
    if (id !== this.photoId || !this.isConnected) return;
    this.missing = !stored;
    this.#show(stored ? URL.createObjectURL(new Blob([stored.bytes], { type: stored.type })) : '');
  }

  #show(url: string): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = url;
  }

  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      aspect-ratio: 1;
      overflow: hidden;
      background: var(--line);
    }
    img {
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
    p {
      padding: 32px;
      color: var(--quiet);
      text-align: center;
    }
  `;
}

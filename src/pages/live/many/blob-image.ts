import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

/**
 * A picture in memory, which fills its square. Its object URL lives as long as the element is in the
 * document. What is beside it says what it shows.
 */
@customElement('pp-blob-image')
export class BlobImage extends LitElement {
  @property({ attribute: false }) accessor image: Blob | undefined;
  @state() private accessor url = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#show();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('image')) this.#show();
  }

  override render() {
    return this.url ? html`<img src=${this.url} alt="" />` : nothing;
  }

  #show(): void {
    this.#release();
    if (this.image) this.url = URL.createObjectURL(this.image);
  }

  #release(): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = '';
  }

  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
      overflow: hidden;
      border-radius: var(--radius-photo);
      background: var(--line);
    }
    img {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
  `;
}

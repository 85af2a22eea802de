import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from './style-map.ts';

/** A progress bar of known progress; the element that uses it shows the numbers as text. */
@customElement('pp-progress-bar')
export class ProgressBar extends LitElement {
  /** Fraction that is done, 0 to 1; other values are clamped. */
  @property({ type: Number }) accessor value = 0;
  /** Name of the operation, for screen readers. */
  @property() accessor label = '';

  override render() {
    const fraction = Math.min(1, Math.max(0, this.value));
    return html`<div
      class="track"
      role="progressbar"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(100 * fraction)}
    >
      <div class="done" style=${styleMap({ width: `${100 * fraction}%` })}></div>
    </div>`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    .track {
      height: 10px;
      overflow: hidden;
      border-radius: 5px;
      background: var(--line);
    }
    .done {
      height: 100%;
      min-width: 10px;
      border-radius: 5px;
      background: var(--press);
    }
  `;
}

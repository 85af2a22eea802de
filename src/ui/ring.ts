import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { percent } from './phrases.ts';

/** A fraction as a ring with its percentage inside; a question mark if it is undefined. */
@customElement('pp-ring')
export class Ring extends LitElement {
  /** 0 to 1. */
  @property({ type: Number }) accessor fraction: number | undefined;

  override render() {
    const dash = 100 * (this.fraction ?? 0);
    // With pathLength="100" the dash length is a percentage.
    return html`<svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="43" />
        <circle
          class="fraction"
          cx="50"
          cy="50"
          r="43"
          pathLength="100"
          stroke-dasharray="${dash} 100"
          transform="rotate(-90 50 50)"
        />
      </svg>
      <span>${this.fraction === undefined ? '?' : percent(this.fraction)}</span>`;
  }

  static override styles = css`
    :host {
      display: grid;
      flex: none;
      place-items: center;
      width: 76px;
      height: 76px;
      font-size: 1.0625rem;
      font-weight: 700;
    }
    svg,
    span {
      grid-area: 1 / 1;
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke-width: 9;
    }
    .track {
      stroke: var(--press-soft);
    }
    .fraction {
      stroke: var(--press);
    }
  `;
}

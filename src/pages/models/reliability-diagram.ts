import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { ReliabilityBin } from '../../records/model.ts';
import { percent } from '../../ui/phrases.ts';

/** Size and margins of the drawing in SVG units. The margins contain the labels of the axes. */
const WIDTH = 320;
const HEIGHT = 210;
const LEFT = 40;
const BOTTOM = 36;
const TOP = 28;
const RIGHT = 8;

/**
 * A reliability diagram: accuracy of the predictions by their confidence. On the dashed line the
 * model is perfectly calibrated; below it, the model is overconfident. The area of a circle grows
 * with the number of photos in its bin.
 */
@customElement('pp-reliability-diagram')
export class ReliabilityDiagram extends LitElement {
  /** The non-empty bins. */
  @property({ attribute: false }) accessor bins: readonly ReliabilityBin[] = [];

  override render() {
    const least = Math.min(0.5, ...this.bins.map(({ low }) => low));
    const x = (fraction: number) =>
      LEFT + ((fraction - least) / (1 - least)) * (WIDTH - LEFT - RIGHT);
    const y = (fraction: number) => TOP + (1 - fraction) * (HEIGHT - TOP - BOTTOM);
    const most = Math.max(...this.bins.map(({ count }) => count));
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${this.#description()}>
      ${[0, 0.5, 1].map(
        (fraction) =>
          svg`<line class="grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(fraction)} y2=${y(fraction)} />
            <text x=${LEFT - 6} y=${y(fraction) + 4} text-anchor="end">${percent(fraction)}</text>`,
      )}
      <line class="ideal" x1=${x(least)} y1=${y(least)} x2=${x(1)} y2=${y(1)} />
      ${this.bins.map(
        ({ confidence = 0, accuracy = 0, count }) =>
          svg`<line class="gap" x1=${x(confidence)} x2=${x(confidence)} y1=${y(confidence)} y2=${y(accuracy)} />
            <circle cx=${x(confidence)} cy=${y(accuracy)} r=${3 + 5 * Math.sqrt(count / most)} />`,
      )}
      <text x=${LEFT} y=${HEIGHT - 20}>${percent(least)}</text>
      <text x=${WIDTH - RIGHT} y=${HEIGHT - 20} text-anchor="end">${percent(1)}</text>
      <text x=${LEFT} y="12">${msg('How often it was right')}</text>
      <text x=${WIDTH - RIGHT} y=${HEIGHT - 4} text-anchor="end">
        ${msg('How sure it said it was')}
      </text>
    </svg>`;
  }

  #description(): string {
    const points = this.bins
      .map(({ confidence = 0, accuracy = 0 }) => {
        const [said, right] = [percent(confidence), percent(accuracy)];
        return msg(str`${said} said, ${right} right`, {
          desc: 'how sure a model said it was, and how often it was right',
        });
      })
      .join('; ');
    return msg(str`Reliability diagram: ${points}.`);
  }

  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      max-width: 460px;
    }
    .grid {
      stroke: var(--line);
    }
    .ideal {
      stroke: var(--quiet);
      stroke-dasharray: 4 4;
    }
    .gap {
      stroke: var(--press);
      stroke-width: 2;
    }
    circle {
      fill: var(--press);
    }
    text {
      fill: var(--quiet);
      font: 0.6875rem var(--font);
    }
  `;
}

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ModelClass } from '../../records/model.ts';
import { classColour } from '../../ui/class-colour.ts';
import { percent } from '../../ui/phrases.ts';
import { styleMap } from '../../ui/style-map.ts';
import { percentages } from './smoothing.ts';

/** With more classes than this the bars are closer together, to keep the buttons below visible. */
const MANY = 4;

/** The probability of each class, as a bar and as whole percentages that add up to 100. */
@customElement('pp-answer-bars')
export class AnswerBars extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ModelClass[] = [];
  /** One per class, in their order, 0 to 1; undefined before the first answer. */
  @property({ attribute: false }) accessor probabilities: readonly number[] | undefined;

  override render() {
    const whole = this.probabilities && percentages(this.probabilities);
    return html`<dl ?data-many=${this.classes.length > MANY}>
      ${repeat(
        this.classes,
        ({ id }) => id,
        ({ name, palette }, i) =>
          html`<dt>${name}</dt>
            <dd
              style=${styleMap({
                '--colour': classColour(palette),
                '--fraction': String(this.probabilities?.[i] ?? 0),
              })}
            >
              <span class="track"><span class="bar"></span></span>
              <span class="percent">${whole ? percent((whole[i] ?? 0) / 100) : '–'}</span>
            </dd>`,
      )}
    </dl>`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    dl {
      display: grid;
      grid-template-columns: fit-content(40%) 1fr;
      gap: 10px 14px;
      align-items: center;
      margin: 0;
      font-weight: 600;
    }
    [data-many] {
      gap: 4px 12px;
      font-size: 0.875rem;
    }
    [data-many] .track {
      height: 8px;
    }
    dt {
      overflow-wrap: anywhere;
    }
    dd {
      display: flex;
      gap: 12px;
      align-items: center;
      margin: 0;
    }
    .track {
      flex: 1;
      height: 12px;
      overflow: hidden;
      border-radius: 6px;
      background: var(--line);
    }
    .bar {
      display: block;
      height: 100%;
      border-radius: 6px;
      background: var(--colour);
      transform: translateX(calc((var(--fraction) - 1) * var(--reading) * 100%));
    }
    .percent {
      min-width: 3.2em;
      font-variant-numeric: tabular-nums;
      text-align: end;
    }
  `;
}

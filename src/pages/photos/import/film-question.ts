import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { wholeNumber } from '../../../ui/phrases.ts';

/** The numbers to choose from. */
const NUMBERS = [5, 20, 50];

/**
 * Asks how many photos are taken from each film.
 *
 * Event: `frames` with the number in `detail`.
 */
@customElement('pp-film-question')
export class FilmQuestion extends LitElement {
  /** The chosen number. */
  @property({ type: Number }) accessor frames = 0;

  override render() {
    return html`<fieldset>
      <legend>${msg('Photos from each film')}</legend>
      <div class="numbers">
        ${NUMBERS.map(
          (number) =>
            html`<label>
              <input
                type="radio"
                name="frames"
                value=${number}
                ?checked=${number === this.frames}
                @change=${() => this.dispatchEvent(new CustomEvent('frames', { detail: number }))}
              />
              <span>${wholeNumber(number)}</span>
            </label>`,
        )}
      </div>
      <p class="quiet">
        ${msg('Spread over the film, and only those that differ. They stay together for training or testing.')}
      </p>
    </fieldset>`;
  }

  static override styles = [
    sharedStyles,
    css`
      fieldset {
        margin: 20px 0 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        font-weight: 700;
      }
      .numbers {
        display: flex;
        gap: 8px;
        margin-block: 8px;
      }
      label {
        position: relative;
        flex: 1;
      }
      input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      span {
        display: grid;
        place-items: center;
        min-height: 48px;
        border: 1px solid var(--line);
        border-radius: 16px;
        font-weight: 700;
      }
      input:checked + span {
        border-color: transparent;
        background: var(--press);
        color: var(--on-press);
      }
      input:focus-visible + span {
        outline: 3px solid var(--press);
        outline-offset: 2px;
      }
    `,
  ];
}

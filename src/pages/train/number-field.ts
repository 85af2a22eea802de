import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { numberToEdit, parseNumber } from '../../i18n/parse-number.ts';
import {
  TRAINING_LIMITS,
  type LimitedNumber,
  type NumberLimit,
} from '../../records/training-limits.ts';
import { fieldStyles } from '../../ui/field-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { faultSentence } from './expert-fields.ts';

/**
 * A field for a number, with its label, an explanation, and an error message.
 *
 * Event: `number`, with the value in `detail`, when the user has entered a valid value.
 */
@customElement('pp-number-field')
export class NumberField extends LitElement {
  @property() accessor name: LimitedNumber = 'epochs';
  @property({ attribute: false }) accessor heading = '';
  @property() accessor sentence = '';
  @property({ type: Number }) accessor value = 0;
  @state() private accessor fault = '';
  @query('input') private accessor input!: HTMLInputElement;

  /** Moves the focus to the field if its value is invalid. @returns whether it is invalid */
  showFault(): boolean {
    if (this.fault === '') return false;
    this.input.focus();
    return true;
  }

  /** Discards an invalid value. */
  reset(): void {
    this.fault = '';
    this.input.value = numberToEdit(this.value);
  }

  get #limit(): NumberLimit {
    return TRAINING_LIMITS[this.name];
  }

  override render() {
    return html`<div class="field">
      <label for="input">${this.heading}</label>
      <p class="quiet" id="sentence">${this.sentence}</p>
      <input
        id="input"
        type="text"
        inputmode=${this.#limit.whole ? 'numeric' : 'decimal'}
        autocomplete="off"
        data-number=${this.name}
        aria-describedby="sentence fault"
        aria-invalid=${this.fault !== ''}
        .value=${numberToEdit(this.value)}
        @change=${this.#onChange}
      />
      <p class="invalid" id="fault" role="alert">${this.fault}</p>
    </div>`;
  }

  readonly #onChange = () => {
    const value = parseNumber(this.input.value, this.#limit.whole ? 'whole' : 'decimal');
    this.fault = faultSentence(this.name, value);
    if (this.fault !== '') return;
    this.dispatchEvent(new CustomEvent('number', { detail: value }));
  };

  static override styles = [
    sharedStyles,
    fieldStyles,
    css`
      /* The inputs of two adjacent fields are aligned. */
      .field {
        grid-template-rows: auto 1fr auto minmax(20px, auto);
        height: 100%;
      }
      .invalid:empty {
        display: block;
      }
      .quiet,
      .invalid {
        font-weight: 400;
      }
    `,
  ];
}

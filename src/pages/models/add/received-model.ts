import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import type { PhoneModel } from '../../../models/formats/phone/phone-model.ts';
import { factRows } from '../../../ui/fact-rows.ts';
import { factRowsStyles } from '../../../ui/fact-rows-styles.ts';
import { dateAndTime, listOf, photoCount, wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { rightSentence } from '../../../widgets/result/result-sentences.ts';

/**
 * What a model from another phone is, and the button that adds it.
 *
 * Event: `receive` when the person wants it.
 */
@customElement('pp-received-model')
export class ReceivedModel extends LitElement {
  @property({ attribute: false }) accessor model!: PhoneModel;
  /** Whether it is being added. */
  @property({ type: Boolean }) accessor busy = false;

  override render() {
    return html`
      ${factRows(this.#rows())}
      <p>
        ${msg('Live uses it at once, and photos that you add teach it more. It says “not sure” only when it has learned from photos here.')}
      </p>
      <button
        class="primary"
        data-action="receive-model"
        ?disabled=${this.busy}
        @click=${() => this.dispatchEvent(new Event('receive'))}
      >
        ${msg('Add')}
      </button>
    `;
  }

  #rows(): (readonly [string, string])[] {
    const { name, classes, base, photos, test, createdAt } = this.model;
    const size = wholeNumber(base.inputSize);
    return [
      [msg('Name'), name],
      [msg('Its classes'), listOf(classes.map(({ name }) => name))],
      [
        msg('Base', { id: 'model-base', desc: 'the base model that a model was trained on' }),
        msg(str`${base.name} at ${size} px`, {
          desc: 'a base model and the side of its pictures in pixels',
        }),
      ],
      ...(photos === undefined
        ? []
        : [[msg('Learned from', { desc: 'photos' }), photoCount(photos)] as const]),
      ...(test ? [[msg('Tested there'), rightSentence(test)] as const] : []),
      [
        msg('Trained', { id: 'model-trained', desc: 'when a model was trained' }),
        dateAndTime(createdAt),
      ],
    ];
  }

  static override styles = [
    sharedStyles,
    factRowsStyles,
    css`
      :host {
        display: grid;
        gap: 16px;
      }
      .row {
        padding: 7px 0;
      }
      p {
        margin: 0;
      }
    `,
  ];
}

import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { choiceStyles } from '../../ui/choice-styles.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { PRESET_WORDS } from './train-sentences.ts';
import type { Preset } from '../../app/training-run.ts';

const NAMES = Object.keys(PRESET_WORDS) as Preset[];

/** How to train. Sends `preset` with the choice as detail. */
@customElement('pp-options-dialog')
export class OptionsDialog extends LitElement {
  @property() preset: Preset = 'quick';
  @query('dialog') private dialog!: HTMLDialogElement;

  open(): void {
    this.dialog.showModal();
  }

  override render() {
    return html`<dialog class="sheet" autofocus aria-labelledby="title" @click=${this.#onBackdrop}>
      <div class="heading">
        <h2 id="title">How to train</h2>
        <button class="round" aria-label="Close" @click=${() => this.dialog.close()}>
          ${icon('close')}
        </button>
      </div>
      <div class="choices" role="radiogroup" aria-labelledby="title">
        ${NAMES.map((name) => this.#choice(name))}
      </div>
      <button class="primary" @click=${() => this.dialog.close()}>Done</button>
    </dialog>`;
  }

  #choice(name: Preset) {
    const { title, sentence } = PRESET_WORDS[name];
    return html`<label>
      <input
        type="radio"
        name="preset"
        value=${name}
        data-preset=${name}
        .checked=${this.preset === name}
        @change=${() => this.dispatchEvent(new CustomEvent('preset', { detail: name }))}
      />
      <span><strong>${title}</strong><span class="quiet">${sentence}</span></span>
    </label>`;
  }

  readonly #onBackdrop = (event: MouseEvent) => {
    if (event.target === this.dialog) this.dialog.close();
  };

  static override styles = [
    sharedStyles,
    dialogStyles,
    choiceStyles,
    css`
      .choices {
        margin: 12px 0 20px;
      }
      .primary {
        width: 100%;
      }
    `,
  ];
}

import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { choiceStyles } from '../../ui/choice-styles.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { FINE_TUNING_WORDS, PRESET_WORDS } from './train-sentences.ts';
import type { Preset } from '../../app/training-run.ts';

const NAMES = Object.keys(PRESET_WORDS) as Preset[];

/** How to train. Sends `preset` and `fine-tuning`, each with the choice as detail. */
@customElement('pp-options-dialog')
export class OptionsDialog extends LitElement {
  @property() preset: Preset = 'quick';
  @property({ type: Boolean }) fineTuning = false;
  /** Whether the base can be fine-tuned. */
  @property({ type: Boolean }) tunable = true;
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
      ${this.#fineTuning()}
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

  #fineTuning() {
    const { title, sentence, impossible } = FINE_TUNING_WORDS;
    return html`<label class="switch" data-disabled=${!this.tunable}>
      <span
        ><strong>${title}</strong
        ><span class="quiet">${this.tunable ? sentence : impossible}</span></span
      >
      <input
        type="checkbox"
        role="switch"
        data-option="fine-tuning"
        .checked=${this.fineTuning && this.tunable}
        ?disabled=${!this.tunable}
        @change=${(event: Event) =>
          this.dispatchEvent(
            new CustomEvent('fine-tuning', { detail: (event.target as HTMLInputElement).checked }),
          )}
      />
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
        margin: 12px 0;
      }
      .switch {
        display: flex;
        gap: 14px;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 20px;
        padding: 12px 16px;
        cursor: pointer;
      }
      .switch[data-disabled='true'] {
        cursor: default;
      }
      .switch > span {
        display: grid;
        gap: 2px;
      }
      .switch input {
        flex: none;
        width: 52px;
        height: 32px;
        margin: 0;
        border: 2px solid var(--quiet);
        border-radius: 16px;
        appearance: none;
        cursor: inherit;
      }
      .switch input::before {
        display: block;
        width: 18px;
        height: 18px;
        margin: 5px;
        border-radius: 50%;
        background: var(--quiet);
        content: '';
      }
      .switch input:checked {
        border-color: var(--press);
        background: var(--press);
      }
      .switch input:checked::before {
        background: var(--on-press);
        transform: translateX(20px);
      }
      .switch input:disabled {
        opacity: 0.5;
      }
      @media (prefers-reduced-motion: no-preference) {
        .switch input::before {
          transition: transform 0.12s ease-out;
        }
      }
      .primary {
        width: 100%;
      }
    `,
  ];
}

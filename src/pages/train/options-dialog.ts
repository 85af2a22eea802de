import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { PRESETS } from './train-sentences.ts';
import type { Preset } from './training-run.ts';

const NAMES = Object.keys(PRESETS) as Preset[];

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
      <div role="radiogroup" aria-labelledby="title">
        ${NAMES.map((name) => this.#choice(name))}
      </div>
      <button class="primary" @click=${() => this.dialog.close()}>Done</button>
    </dialog>`;
  }

  #choice(name: Preset) {
    const { title, sentence } = PRESETS[name];
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
    css`
      [role='radiogroup'] {
        display: grid;
        gap: 10px;
        margin: 12px 0 20px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 14px;
        min-height: 72px;
        padding: 14px 16px;
        border: 1px solid var(--line);
        border-radius: 18px;
        cursor: pointer;
      }
      label:has(:checked) {
        border-color: var(--press);
        background: var(--press-soft);
      }
      input {
        flex: none;
        width: 22px;
        height: 22px;
        margin: 0;
        accent-color: var(--press);
      }
      label > span {
        display: grid;
        gap: 2px;
      }
      label:has(:checked) .quiet {
        color: var(--ink);
      }
      .primary {
        width: 100%;
      }
    `,
  ];
}

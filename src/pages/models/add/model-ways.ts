import { css, html, LitElement } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import { choosesFolders } from '../../../platform/chooses-folders.ts';
import type { BaseSource } from '../../../records/base-inspection.ts';
import { fieldStyles } from '../../../ui/field-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { textOf } from './form-text.ts';

const EXAMPLE_ADDRESS = 'models/mine';

/**
 * The ways by which a model comes: files, a folder, the screen of another phone, an address.
 *
 * Events: `source` with a BaseSource in `detail`; `read-codes`.
 */
@customElement('pp-model-ways')
export class ModelWays extends LitElement {
  @query('[data-model-files]') private accessor filesInput!: HTMLInputElement;
  @query('[data-model-folder]') private accessor folderInput!: HTMLInputElement;

  override render() {
    return html`
      <div class="pair">
        <button class="primary" @click=${() => this.filesInput.click()}>
          ${msg('Choose files')}
        </button>
        <button ?hidden=${!choosesFolders()} @click=${() => this.folderInput.click()}>
          ${msg('Choose a folder')}
        </button>
      </div>
      <button data-action="read-codes" @click=${() => this.dispatchEvent(new Event('read-codes'))}>
        ${icon('qr-code')} ${msg('Read a QR code')}
      </button>
      <span class="or">${msg('or', { desc: 'between two ways to choose a model' })}</span>
      <form class="ways" @submit=${this.#onAddress}>
        <label class="field">
          ${msg('Address on this app’s own server')}
          <input name="address" inputmode="url" autocomplete="off" placeholder=${EXAMPLE_ADDRESS} />
        </label>
        <button>${msg('Read it from there')}</button>
      </form>
      <input type="file" multiple hidden data-model-files @change=${this.#onPicked} />
      <input type="file" webkitdirectory hidden data-model-folder @change=${this.#onPicked} />
    `;
  }

  readonly #onPicked = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same files again sends no `change` event.
    input.value = '';
    if (files.length > 0) this.#send({ files });
  };

  readonly #onAddress = (event: SubmitEvent) => {
    event.preventDefault();
    const address = textOf(event, 'address');
    if (address) this.#send({ url: address });
  };

  #send(detail: BaseSource): void {
    this.dispatchEvent(new CustomEvent('source', { detail }));
  }

  static override styles = [
    sharedStyles,
    fieldStyles,
    css`
      :host,
      .ways {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }
      .pair > * {
        flex: 1 1 0;
        padding: 0 12px;
        white-space: nowrap;
      }
      .or {
        display: flex;
        align-items: center;
        gap: 12px;
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .or::before,
      .or::after {
        flex: 1;
        height: 1px;
        background: var(--line);
        content: '';
      }
    `,
  ];
}

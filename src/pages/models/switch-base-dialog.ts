import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import { DialogController } from '../../ui/dialog-controller.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { chooseWithBase } from './model-actions.ts';
import { switchSentences } from './model-sentences.ts';

/** Asks for confirmation before a model with another base or input size is used. */
@customElement('pp-switch-base-dialog')
export class SwitchBaseDialog extends LitElement {
  @state() private accessor request:
    | { readonly model: ModelRecord; readonly info: EngineInfo }
    | undefined;
  readonly #dialog = new DialogController(this);

  open(model: ModelRecord, info: EngineInfo): void {
    this.request = { model, info };
    void this.#dialog.open();
  }

  override render() {
    const { model, info } = this.request ?? {};
    const name = model?.name ?? '';
    const sentences = model && info ? switchSentences(model, info) : [];
    return html`<dialog class="sheet" autofocus aria-labelledby="title">
      <div class="words">
        <h2 id="title">${msg(str`Use ${name}?`)}</h2>
        ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
        <div class="actions">
          <button @click=${this.#dialog.close}>${msg('Cancel')}</button>
          <button class="primary" data-action="switch-base" @click=${this.#use}>
            ${msg('Use it')}
          </button>
        </div>
      </div>
    </dialog>`;
  }

  readonly #use = () => {
    this.#dialog.close();
    if (this.request) void chooseWithBase(this, this.request.model);
  };

  static override styles = [
    sharedStyles,
    dialogStyles,
    css`
      .words {
        display: grid;
        gap: 12px;
        overflow-wrap: anywhere;
      }
      .actions {
        margin-top: 8px;
      }
    `,
  ];
}

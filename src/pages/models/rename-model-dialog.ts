import { css, html, LitElement } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../models/record.ts';
import { renameModel } from '../../models/versions.ts';
import { Problem } from '../../problem.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { fieldStyles } from '../../ui/field-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/** The sheet that asks what a model is to be called. */
@customElement('pp-rename-model-dialog')
export class RenameModelDialog extends LitElement {
  @state() private model: ModelRecord | undefined;
  @state() private problem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement;
  #saving = false;

  open(model: ModelRecord): void {
    this.model = model;
    this.problem = undefined;
    this.input.value = model.name;
    this.dialog.showModal();
    this.input.select();
  }

  override render() {
    const name = this.model?.name ?? '';
    return html`<dialog class="sheet" aria-labelledby="title" @click=${this.#onBackdrop}>
      <form @submit=${this.#save}>
        <h2 id="title">${msg(str`Rename ${name}`)}</h2>
        <label class="field">
          ${msg('Name')}
          <input
            name="model-name"
            autocomplete="off"
            enterkeyhint="done"
            autofocus
            aria-describedby="problem"
            aria-invalid=${this.problem !== undefined}
            @input=${() => (this.problem = undefined)}
          />
        </label>
        <p id="problem" class="invalid" role="alert">${this.problem?.message ?? ''}</p>
        <div class="actions">
          <button type="button" @click=${() => this.dialog.close()}>${msg('Cancel')}</button>
          <button class="primary">${msg('Rename')}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #save = async (event: Event) => {
    event.preventDefault();
    if (this.#saving || !this.model) return;
    this.#saving = true;
    try {
      await renameModel(this.model.id, this.input.value);
      this.dialog.close();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.input.focus();
    } finally {
      this.#saving = false;
    }
  };

  #onBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    fieldStyles,
    css`
      form {
        display: grid;
        gap: 12px;
      }
      h2 {
        overflow-wrap: anywhere;
      }
      .actions {
        margin-top: 8px;
      }
    `,
  ];
}

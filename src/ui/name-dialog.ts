import { css, html, LitElement, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { DialogController } from './dialog-controller.ts';
import { dialogStyles } from './dialog-styles.ts';
import { fieldStyles } from './field-styles.ts';
import { sharedStyles } from './shared-styles.ts';

/** The texts of a dialog that asks for a name. */
export interface NameWords {
  readonly title: string;
  readonly hint?: string;
  /** Label of the button that saves. */
  readonly save: string;
}

/** A dialog that asks for a name, and stays open with an error message if saving fails. */
export abstract class NameDialog<Named extends { readonly name: string }> extends LitElement {
  /** The record to rename; undefined to create one. */
  @state() protected accessor record: Named | undefined;
  @state() private accessor problem: Problem | undefined;
  @query('input') private accessor input!: HTMLInputElement;
  readonly #dialog = new DialogController(this);
  #saving = false;

  protected abstract words(): NameWords;

  /** Saves the name as typed. @throws Problem that the dialog shows */
  protected abstract save(typed: string): Promise<void>;

  protected show(record: Named | undefined): void {
    this.record = record;
    this.problem = undefined;
    this.input.value = record?.name ?? '';
    void this.#open();
  }

  async #open(): Promise<void> {
    await this.#dialog.open();
    this.input.select();
  }

  override render() {
    const { problem } = this;
    const { title, hint, save } = this.words();
    return html`<dialog class="sheet" aria-labelledby="title">
      <form @submit=${this.#onSubmit}>
        <h2 id="title">${title}</h2>
        ${hint === undefined ? nothing : html`<p class="quiet">${hint}</p>`}
        <label class="field">
          ${msg('Name')}
          <input
            name="name"
            autocomplete="off"
            enterkeyhint="done"
            autofocus
            aria-describedby="problem"
            aria-invalid=${problem !== undefined}
            @input=${() => (this.problem = undefined)}
          />
        </label>
        <p id="problem" class="invalid" role="alert">${problem?.message ?? ''}</p>
        <div class="actions">
          <button type="button" @click=${this.#dialog.close}>${msg('Cancel')}</button>
          <button class="primary">${save}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #onSubmit = async (event: Event) => {
    event.preventDefault();
    if (this.#saving) return;
    this.#saving = true;
    const { record } = this;
    try {
      await this.save(this.input.value);
      // Meanwhile the dialog may have been reopened for another record.
      if (record === this.record) this.#dialog.close();
    } catch (thrown) {
      if (record !== this.record) return;
      this.problem = Problem.from(thrown);
      this.input.focus();
    } finally {
      this.#saving = false;
    }
  };

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

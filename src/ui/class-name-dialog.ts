import { css, html, LitElement } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { msg, str } from '../i18n/msg.ts';
import { addClass, renameClass } from '../photos/classes.ts';
import type { ClassRecord } from '../photos/record.ts';
import { Problem } from '../problem.ts';
import { dialogStyles } from './dialog-styles.ts';
import { fieldStyles } from './field-styles.ts';
import { sharedStyles } from './shared-styles.ts';

/**
 * The sheet that asks for the name of a class, to add it or to call it otherwise.
 *
 * Event: `class-added`, with the new class in `detail`.
 */
@customElement('pp-class-name-dialog')
export class ClassNameDialog extends LitElement {
  /** The class to rename; undefined to add one. */
  @state() private record: ClassRecord | undefined;
  @state() private problem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement;
  #saving = false;

  open(record?: ClassRecord): void {
    this.record = record;
    this.problem = undefined;
    this.input.value = record?.name ?? '';
    this.dialog.showModal();
    this.input.select();
  }

  override render() {
    const { record, problem } = this;
    const name = record?.name ?? '';
    return html`<dialog class="sheet" aria-labelledby="title" @click=${this.#onBackdrop}>
      <form @submit=${this.#save}>
        <h2 id="title">${record ? msg(str`Rename ${name}`) : msg('Add a class')}</h2>
        <p class="quiet">
          ${
            record
              ? msg('Its photos stay, and so does what your phone has learned from them.')
              : msg('What else should your phone tell apart? It needs about 10 photos of it.')
          }
        </p>
        <label class="field">
          ${msg('Name')}
          <input
            name="class-name"
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
          <button type="button" @click=${() => this.dialog.close()}>${msg('Cancel')}</button>
          <button class="primary">${record ? msg('Rename') : msg('Add')}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #save = async (event: Event) => {
    event.preventDefault();
    if (this.#saving) return;
    this.#saving = true;
    try {
      await this.#write(this.input.value);
      this.dialog.close();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.input.focus();
    } finally {
      this.#saving = false;
    }
  };

  async #write(name: string): Promise<void> {
    if (this.record) {
      await renameClass(this.record.id, name);
      return;
    }
    const detail = await addClass(name);
    this.dispatchEvent(new CustomEvent('class-added', { detail }));
  }

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

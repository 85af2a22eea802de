import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { canShare, saveFile, shareOrSave } from '../../../platform/save-file.ts';
import type { ModelRecord } from '../../../records/model.ts';
import { ModelSendRun, type SendState } from '../../../session/model-send-run.ts';
import { BACKUP_ADDRESS } from '../../../session/routes.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { fileSize } from '../../../ui/phrases.ts';
import { problemLine, problemLineStyles } from '../../../ui/problem-line.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { agreementSentence } from './send-sentences.ts';

/** The sheet that sends a model to another phone: as a file, or with the whole library. */
@customElement('pp-send-dialog')
export class SendDialog extends LitElement {
  @state() private accessor model: ModelRecord | undefined;
  @query('dialog') private accessor dialog!: HTMLDialogElement;
  #run: ModelSendRun | undefined;

  async open(model: ModelRecord): Promise<void> {
    this.#run?.close();
    this.model = model;
    const run = new ModelSendRun(model.id);
    this.#run = run;
    run.addEventListener('change', () => this.requestUpdate());
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.close();
  }

  override render() {
    const state = this.#run?.state;
    return html`<dialog
      class="sheet"
      autofocus
      aria-labelledby="title"
      data-send-state=${state?.kind ?? ''}
      @close=${this.#onClose}
      @click=${this.#onBackdrop}
    >
      ${this.model && state ? this.#content(this.model, state) : nothing}
    </dialog>`;
  }

  #content({ name }: ModelRecord, state: SendState) {
    return html`
      <div class="heading">
        <h2 id="title" tabindex="-1">${msg(str`Send ${name} to another phone`)}</h2>
        <button class="round" aria-label=${msg('Close')} @click=${this.#close}>
          ${icon('close')}
        </button>
      </div>
      <section aria-labelledby="file-title">
        <h3 id="file-title">${msg('As a file')}</h3>
        ${this.#asFile(state)}
      </section>
      <section aria-labelledby="library-title">
        <h3 id="library-title">${msg('The whole library')}</h3>
        <p class="quiet">
          ${msg('A backup with all photos, labels and models. The other phone adds what it does not have.')}
        </p>
        <a class="button" data-action="send-library" href=${BACKUP_ADDRESS} @click=${this.#close}
          >${msg('To the backup')}</a
        >
      </section>
    `;
  }

  #asFile(state: SendState) {
    if (state.kind === 'failed') return problemLine(state.problem.message);
    if (state.kind === 'packing') {
      return html`<p class="quiet" role="status">${msg('Writing and comparing it…')}</p>`;
    }
    const { packed, file } = state;
    return html`
      <p class="quiet">
        ${msg('On the other phone: open this app, Models, “Add a model”. It answers there at once, and learns on from photos that are added. No photo goes along, and “not sure” does not, because it is made of your photos.')}
      </p>
      <p class="quiet" role="status">${agreementSentence(packed)}</p>
      <p class="quiet">${file.name}, ${fileSize(file.size)}</p>
      <div class="pair">
        ${
          canShare(file)
            ? html`<button data-action="share-model" @click=${() => this.#share(file)}>
                ${msg('Share')}
              </button>`
            : nothing
        }
        <button class="primary" data-action="save-model" @click=${() => this.#save(file)}>
          ${msg('Save')}
        </button>
      </div>
    `;
  }

  #save(file: File): void {
    saveFile(file);
    this.#close();
  }

  async #share(file: File): Promise<void> {
    if (await shareOrSave(file)) this.#close();
  }

  readonly #close = () => {
    this.dialog.close();
  };

  readonly #onClose = () => {
    this.#run?.close();
    this.#run = undefined;
    this.requestUpdate();
  };

  #onBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    problemLineStyles,
    css`
      h2 {
        overflow-wrap: anywhere;
      }
      h3 {
        margin: 0;
        font-size: 1rem;
      }
      section {
        display: grid;
        gap: 8px;
        margin-top: 16px;
        padding-top: 16px;
        border-top: 1px solid var(--line);
      }
      p {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
        margin-top: 4px;
      }
      .pair > * {
        flex: 1 1 0;
      }
    `,
  ];
}

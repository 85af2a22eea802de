import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { canShare, saveFile, shareOrSave } from '../../../platform/save-file.ts';
import { Problem } from '../../../platform/problem.ts';
import type { ModelRecord } from '../../../records/model.ts';
import { ModelSendRun, type Parcel, type SendState } from '../../../session/model-send-run.ts';
import { BACKUP_ADDRESS } from '../../../session/routes.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { notify } from '../../../ui/notice.ts';
import { fileSize } from '../../../ui/phrases.ts';
import { problemLine, problemLineStyles } from '../../../ui/problem-line.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import type { CodesDialog } from './codes-dialog.ts';
import { agreementSentence, codesSentence } from './send-sentences.ts';

/** The sheet that sends a model to another phone: as a file, as a QR code, or with the whole library. */
@customElement('pp-send-dialog')
export class SendDialog extends LitElement {
  @state() private accessor model: ModelRecord | undefined;
  @query('pp-codes-dialog') private accessor codesDialog!: CodesDialog;
  #run: ModelSendRun | undefined;
  readonly #dialog = new DialogController(this, {
    onClosed: () => {
      this.#run?.close();
      this.#run = undefined;
      this.requestUpdate();
    },
  });

  open(model: ModelRecord): void {
    this.#run?.close();
    this.model = model;
    const run = new ModelSendRun(model.id);
    this.#run = run;
    run.addEventListener('change', () => this.requestUpdate());
    void this.#dialog.open();
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
      >
        ${this.model && state ? this.#content(this.model, state) : nothing}
      </dialog>
      <pp-codes-dialog></pp-codes-dialog>`;
  }

  #content({ name }: ModelRecord, state: SendState) {
    return html`
      <div class="heading">
        <h2 id="title" tabindex="-1">${msg(str`Send ${name} to another phone`)}</h2>
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
      </div>
      ${this.#headAlone(state)}
      <section aria-labelledby="library-title">
        <h3 id="library-title">${icon('photos')} ${msg('The whole library')}</h3>
        <p class="quiet">
          ${msg('A backup with all photos, labels and models. The other phone adds what it does not have.')}
        </p>
        <a
          class="button"
          data-action="send-library"
          href=${BACKUP_ADDRESS}
          @click=${this.#dialog.close}
          >${msg('To the backup')}</a
        >
      </section>
    `;
  }

  /** What goes without the photos: as a file and as a QR code. */
  #headAlone(state: SendState) {
    if (state.kind === 'failed') return problemLine(state.problem.message);
    if (state.kind === 'packing') {
      return html`<p class="quiet" role="status">${msg('Writing and comparing it…')}</p>`;
    }
    return html`
      <p class="quiet">
        ${msg('It answers there at once, and learns on from photos that are added. No photo goes along, and “not sure” does not, because it is made of your photos.')}
      </p>
      ${this.#asFile(state)} ${this.#asCodes(state)}
    `;
  }

  #asFile({ packed, file, text }: Parcel) {
    const shared = text && canShare(text) ? text : undefined;
    return html`<section aria-labelledby="file-title">
      <h3 id="file-title">${icon('file')} ${msg('As a file')}</h3>
      <p class="quiet">
        ${msg('On the other phone: open it with this app, or choose it in Models, “Add a model”.')}
      </p>
      <p class="quiet" data-agreement="file">${agreementSentence(packed.file)}</p>
      <p class="quiet"><bdi translate="no">${file.name}</bdi>, ${fileSize(file.size)}</p>
      <div class="pair">
        ${
          shared
            ? html`<button data-action="share-model" @click=${() => this.#share(shared)}>
                ${msg('Share')}
              </button>`
            : nothing
        }
        <button class="primary" data-action="save-model" @click=${() => this.#save(file)}>
          ${msg('Save')}
        </button>
      </div>
    </section>`;
  }

  #asCodes({ packed, codes }: Parcel) {
    return html`<section aria-labelledby="codes-title">
      <h3 id="codes-title">${icon('qr-code')} ${msg('As a QR code')}</h3>
      <p class="quiet">${codesSentence(codes?.length)}</p>
      ${
        codes
          ? html`
              <p class="quiet" data-agreement="codes">${agreementSentence(packed.picture)}</p>
              <button data-action="show-codes" @click=${() => this.#showCodes(codes)}>
                ${msg('Show the QR code')}
              </button>
            `
          : nothing
      }
    </section>`;
  }

  /** The screen and its code come when somebody asks for it. */
  async #showCodes(codes: readonly string[]): Promise<void> {
    const state = this.#run?.state;
    if (state?.kind !== 'ready' || !this.model) return;
    try {
      await import('./codes-dialog.ts');
      await this.codesDialog.open({ name: this.model.name, codes, written: state.packed.picture });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
  }

  #save(file: File): void {
    saveFile(file);
    this.#dialog.close();
  }

  async #share(file: File): Promise<void> {
    if (await shareOrSave(file)) this.#dialog.close();
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
        display: flex;
        align-items: center;
        gap: 10px;
        margin: 0;
        font-size: 1rem;
      }
      h3 svg {
        flex: none;
        width: 22px;
        height: 22px;
        color: var(--press);
      }
      .heading + p {
        margin-top: 8px;
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

import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from '../../ui/style-map.ts';
import type { ImportProgress, ImportReport } from '../../photos/import/import-files.ts';
import { importRun } from '../../photos/import/import-run.ts';
import type { ClassRecord } from '../../photos/record.ts';
import { deletePhotos } from '../../photos/repository.ts';
import { Problem } from '../../problem.ts';
import { classColour } from '../../ui/class-colour.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { notify } from '../../ui/notice.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { importDialogStyles } from './import-dialog-styles.ts';
import './import-report.ts';
import { importSummary, isSmooth, labelQuestion } from './photo-sentences.ts';

/**
 * The sheet that brings files into the library. First the label, under the thumb, because it opens
 * the file picker; files that were dropped or pasted are here before their label is. An import goes
 * on when the sheet is closed over it, and brings the sheet back if its end needs reading.
 */
@customElement('pp-import-dialog')
export class ImportDialog extends LitElement {
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @state() private files: readonly File[] | undefined;
  @state() private label: ClassRecord | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement;

  /** Opens the sheet; on a running import, if there is one. */
  open(files?: readonly File[]): void {
    if (!importRun.running) {
      if (importRun.report) importRun.forget();
      this.label = undefined;
      this.files = files;
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    importRun.addEventListener('change', this.#onRun);
    // An import that ended while another page was open has its end told now.
    void this.updateComplete.then(this.#onRun);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    importRun.removeEventListener('change', this.#onRun);
  }

  override render() {
    const { report, progress } = importRun;
    return html`
      <dialog
        class="sheet"
        autofocus
        aria-labelledby="title"
        data-import-state=${report ? 'done' : progress ? 'running' : 'choose'}
        @cancel=${this.#onCancel}
        @click=${this.#onBackdrop}
        @close=${this.#onClose}
      >
        ${report ? this.#finished(report) : progress ? this.#importing(progress) : this.#choosing()}
      </dialog>
      <input
        type="file"
        accept="image/*"
        multiple
        hidden
        data-import-input
        aria-label="Photos to import"
        @change=${this.#onPicked}
      />
    `;
  }

  #choosing() {
    return html`
      <div class="heading">
        <h2 id="title">${labelQuestion(this.files?.length)}</h2>
        <button class="round" aria-label="Close" @click=${() => this.dialog.close()}>
          ${icon('close')}
        </button>
      </div>
      <p class="quiet">
        Choose one kind at a time. Each photo is cut to its middle square and stays on this phone.
      </p>
      <div class="classes" ?data-many=${this.classes.length > 4}>
        ${this.classes.map(
          (label) =>
            html`<button
              data-class=${label.id}
              style=${styleMap({ background: classColour(label.palette, '-fill') })}
              @click=${() => this.#choose(label)}
            >
              ${label.name}
              <span>${this.files ? 'Import' : 'Choose photos'}</span>
            </button>`,
        )}
      </div>
    `;
  }

  #importing({ done, total, added }: ImportProgress) {
    return html`
      <h2 id="title">Importing as ${importRun.label?.name}</h2>
      <p class="quiet">
        ${wholeNumber(done)} of ${wholeNumber(total)}. ${photoCount(added)} added so far.
      </p>
      <pp-progress-bar
        label="Importing photos"
        .value=${total > 0 ? done / total : 0}
      ></pp-progress-bar>
      <div class="actions">
        <button data-action="cancel-import" @click=${() => importRun.stop()}>Stop</button>
      </div>
    `;
  }

  #finished(report: ImportReport) {
    return html`
      <pp-import-report .report=${report}></pp-import-report>
      <div class="actions">
        ${
          report.added > 0
            ? html`<button @click=${() => this.#undo(report)}>Undo</button>`
            : nothing
        }
        <button class="primary" @click=${() => this.dialog.close()}>Done</button>
      </div>
    `;
  }

  #choose(label: ClassRecord): void {
    this.label = label;
    if (this.files) void importRun.start(this.files, label);
    else this.input.click();
  }

  readonly #onPicked = () => {
    const files = [...(this.input.files ?? [])];
    // So that choosing the same files again is a change again.
    this.input.value = '';
    if (files.length === 0) return;
    if (this.label) void importRun.start(files, this.label);
    else this.open(files);
  };

  readonly #onRun = () => {
    this.requestUpdate();
    const { report, label } = importRun;
    if (!report || !this.isConnected) return;
    if (!isSmooth(report)) {
      if (!this.dialog.open) this.dialog.showModal();
      return;
    }
    importRun.forget();
    this.dialog.close();
    notify(this, {
      text: `${importSummary(report).title} as ${label?.name}.`,
      action: { label: 'Undo', run: () => void this.#undo(report) },
    });
  };

  async #undo(report: ImportReport): Promise<void> {
    this.dialog.close();
    try {
      await deletePhotos(report.photoIds);
      notify(this, { text: `${photoCount(report.added)} taken out again.` });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
  }

  /** Escape and the back gesture leave a running import alone: Stop says what it does. */
  readonly #onCancel = (event: Event) => {
    if (importRun.running) event.preventDefault();
  };

  readonly #onClose = () => {
    this.files = undefined;
    this.label = undefined;
    if (importRun.running) {
      // The browser lets no page refuse the gesture twice.
      notify(this, {
        text: 'The import goes on.',
        action: { label: 'Show', run: () => importRun.running && this.open() },
      });
    } else if (importRun.report) {
      importRun.forget();
    }
    this.dispatchEvent(new Event('close'));
  };

  readonly #onBackdrop = (event: MouseEvent) => {
    if (event.target === this.dialog && !importRun.running) this.dialog.close();
  };

  static override styles = [sharedStyles, dialogStyles, importDialogStyles];
}

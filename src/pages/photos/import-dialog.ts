import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from '../../ui/style-map.ts';
import {
  importFiles,
  type ImportProgress,
  type ImportReport,
} from '../../photos/import/import-files.ts';
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
 * the file picker; files that were dropped or pasted are here before their label is.
 */
@customElement('pp-import-dialog')
export class ImportDialog extends LitElement {
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @state() private files: readonly File[] | undefined;
  @state() private label: ClassRecord | undefined;
  @state() private progress: ImportProgress | undefined;
  @state() private report: ImportReport | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement;
  #running: AbortController | undefined;

  /** Opens the sheet, unless an import is running in it. */
  open(files?: readonly File[]): void {
    if (this.#running) return;
    this.#reset();
    this.files = files;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  override render() {
    return html`
      <dialog
        class="sheet"
        autofocus
        aria-labelledby="title"
        data-import-state=${this.report ? 'done' : this.progress ? 'running' : 'choose'}
        @cancel=${this.#onCancel}
        @click=${this.#onBackdrop}
        @close=${this.#onClose}
      >
        ${
          this.report
            ? this.#finished(this.report)
            : this.progress
              ? this.#importing(this.progress)
              : this.#choosing()
        }
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
      <div class="classes">
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
      <h2 id="title">Importing as ${this.label?.name}</h2>
      <p class="quiet">
        ${wholeNumber(done)} of ${wholeNumber(total)}. ${photoCount(added)} added so far.
      </p>
      <pp-progress-bar
        label="Importing photos"
        .value=${total > 0 ? done / total : 0}
      ></pp-progress-bar>
      <div class="actions">
        <button data-action="cancel-import" @click=${() => this.#running?.abort()}>Stop</button>
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
    if (this.files) void this.#import(this.files, label);
    else this.input.click();
  }

  readonly #onPicked = () => {
    const files = [...(this.input.files ?? [])];
    // So that choosing the same files again is a change again.
    this.input.value = '';
    if (files.length === 0) return;
    if (this.label) void this.#import(files, this.label);
    else this.open(files);
  };

  async #import(files: readonly File[], label: ClassRecord): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    const report = await importFiles(files, label.id, {
      signal: running.signal,
      onProgress: (progress) => (this.progress = progress),
    });
    this.#running = undefined;
    if (!isSmooth(report)) {
      this.report = report;
      return;
    }
    this.dialog.close();
    notify(this, {
      text: `${importSummary(report).title} as ${label.name}.`,
      action: { label: 'Undo', run: () => void this.#undo(report) },
    });
  }

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
    if (this.#running) event.preventDefault();
  };

  readonly #onClose = () => {
    this.#reset();
    this.dispatchEvent(new Event('close'));
  };

  #reset(): void {
    this.files = undefined;
    this.label = undefined;
    this.progress = undefined;
    this.report = undefined;
  }

  readonly #onBackdrop = (event: MouseEvent) => {
    if (event.target === this.dialog && !this.#running) this.dialog.close();
  };

  static override styles = [sharedStyles, dialogStyles, importDialogStyles];
}

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import type { Elsewhere } from '../../../photos/import/found-picture.ts';
import { countPhotosFound } from '../../../photos/import/count-photos.ts';
import { importRun, type RunReport } from '../../../session/import-run.ts';
import type { MatchingChoice } from '../../../photos/import/label-pictures.ts';
import { fromFiles, type PictureSource } from '../../../photos/import/picture-source.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { notify } from '../../../ui/notice.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import '../adjust/adjust-dialog.ts';
import type { AdjustDialog } from '../adjust/adjust-dialog.ts';
import './film-question.ts';
import './import-choice.ts';
import type { Chosen } from './import-choice.ts';
import { importDialogStyles } from './import-dialog-styles.ts';
import './import-elsewhere.ts';
import './import-matching.ts';
import { ImportPreparation } from './import-preparation.ts';
import './import-progress.ts';
import './import-question.ts';
import './import-report.ts';
import {
  addedSentence,
  foundSentence,
  importTitle,
  seenSentence,
  type ImportStep,
} from './import-sentences.ts';
import { isSmooth, passedOverSentence } from '../photo-sentences.ts';
import { undoImport } from './undo-import.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * The sheet that imports pictures. The user chooses the label first, because its button opens the
 * file picker; dropped, pasted or shared pictures get their label afterwards, and folders contain
 * their own labels. An import continues when the sheet is closed; the sheet opens again if its
 * report needs reading.
 */
@customElement('pp-import-dialog')
export class ImportDialog extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  @query('dialog') private accessor dialog!: HTMLDialogElement;
  @query('h2') private accessor heading!: HTMLElement;
  @query('pp-adjust-dialog') private accessor adjustDialog!: AdjustDialog;
  readonly #preparation = new ImportPreparation(this);
  #step: ImportStep = 'choose';

  constructor() {
    super();
    new ListenController(this, importRun, 'change', () => this.#onRun());
  }

  /** Opens the sheet, with `source` unless an import is running. */
  open(source?: PictureSource): void {
    if (!importRun.running) {
      if (importRun.report) importRun.dismiss();
      if (source) void this.#preparation.inspect(source);
      else this.#preparation.reset();
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Reports an import that ended while another page was open.
    void this.updateComplete.then(() => this.#onRun());
  }

  override render() {
    const step = this.#currentStep();
    const { findings, label } = this.#preparation;
    // Without any photo, the question names no number.
    const photos = findings && (countPhotosFound(findings.pictures) || undefined);
    const title = step === 'ask' && label ? msg('Import') : importTitle(step, photos, importRun);
    return html`
      <dialog
        class="sheet"
        autofocus
        aria-labelledby="title"
        data-import-state=${step}
        @cancel=${this.#onCancel}
        @click=${this.#onBackdrop}
        @close=${this.#onClose}
      >
        <div class="heading">
          <h2 id="title" tabindex="-1">${title}</h2>
          ${
            step === 'running' || step === 'done'
              ? nothing
              : html`<button
                  class="round"
                  aria-label=${msg('Close')}
                  @click=${() => this.dialog.close()}
                >
                  ${icon('close')}
                </button>`
          }
        </div>
        ${this.#body(step)}
      </dialog>
      <pp-adjust-dialog></pp-adjust-dialog>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const step = this.#currentStep();
    if (step === this.#step) return;
    this.#step = step;
    // The pressed button no longer exists, so the focus moves to the heading.
    if (this.dialog.open) this.heading.focus({ preventScroll: true });
  }

  #currentStep(): ImportStep {
    const { source, findings, groups } = this.#preparation;
    if (importRun.report) return 'done';
    if (importRun.progress) return 'running';
    if (!source) return 'choose';
    // Shared photos may be ready before the classes are loaded.
    if (!findings || this.classes.length === 0) return 'looking';
    return groups.length > 1 ? 'match' : 'ask';
  }

  #body(step: ImportStep) {
    const { report } = importRun;
    switch (step) {
      case 'choose':
      case 'ask':
        return this.#asking(step);
      case 'looking':
        return this.#looking();
      case 'match':
        return this.#matching();
      case 'running':
        return html`<pp-import-progress></pp-import-progress>`;
      case 'done':
        return report ? this.#finished(report) : nothing;
    }
  }

  #asking(step: 'choose' | 'ask') {
    const { groups, label, passedOver, problem } = this.#preparation;
    return html`
      <p class="quiet">
        ${msg('Photos stay on this phone, cut to their middle square. You can adjust it afterwards.')}
        ${passedOverSentence(passedOver)}
      </p>
      <p class="problem" role="alert">${problem}</p>
      ${this.#elsewhere(this.#preparation.elsewhere, false)}
      ${
        step === 'choose'
          ? html`<pp-import-choice
                .classes=${this.classes}
                @chosen=${({ detail }: CustomEvent<Chosen>) =>
                  void this.#preparation.inspect(fromFiles(detail.files), detail.label)}
              ></pp-import-choice>
              ${this.#adjustButton(msg('Adjust the squares of the last import'))}`
          : html`${this.#filmQuestion()}<pp-import-question
                .classes=${label ? [label] : this.classes}
                .folder=${groups[0]?.label}
                ready
                @label=${({ detail }: CustomEvent<ClassRecord>) => this.#preparation.startAs(detail)}
                @new-class=${() =>
                  void this.#preparation.startWith({ choices: ['new'], keepsSplit: false })}
              ></pp-import-question>`
      }
    `;
  }

  #looking() {
    const { filesSeen } = this.#preparation;
    return html`
      <p class="quiet">
        ${filesSeen > 0 ? seenSentence(filesSeen) : nothing} ${msg('Nothing is imported yet.')}
      </p>
      <div class="looking"></div>
      <div class="actions">
        <button @click=${() => this.dialog.close()}>${msg('Cancel')}</button>
      </div>
    `;
  }

  #matching() {
    const { pictures, groups, unused, passedOver, problem } = this.#preparation;
    return html`
      <p class="quiet">
        ${foundSentence(countPhotosFound(pictures))} ${passedOverSentence(passedOver)}
      </p>
      ${this.#elsewhere(this.#preparation.elsewhere, false)} ${this.#filmQuestion()}
      <pp-import-matching
        .groups=${groups}
        .classes=${this.classes}
        .unused=${unused}
        .problem=${problem}
        @choices=${({ detail }: CustomEvent<MatchingChoice>) =>
          void this.#preparation.startWith(detail)}
      ></pp-import-matching>
    `;
  }

  #filmQuestion() {
    if (!this.#preparation.hasFilms) return nothing;
    return html`<pp-film-question
      .frames=${this.#preparation.framesPerFilm}
      @frames=${({ detail }: CustomEvent<number>) => (this.#preparation.framesPerFilm = detail)}
    ></pp-film-question>`;
  }

  #finished(report: RunReport) {
    return html`
      <pp-import-report .report=${report}></pp-import-report>
      ${this.#elsewhere(report.elsewhere, true)} ${this.#adjustButton(msg('Adjust the squares'))}
      <div class="actions">
        ${report.added > 0 ? html`<button @click=${this.#undo}>${msg('Undo')}</button>` : nothing}
        <button class="primary" @click=${() => this.dialog.close()}>${msg('Done')}</button>
      </div>
    `;
  }

  #elsewhere(items: readonly Elsewhere[], done: boolean) {
    return html`<pp-import-elsewhere
      .items=${items}
      .done=${done}
      @leave=${() => this.dialog.close()}
    ></pp-import-elsewhere>`;
  }

  #adjustButton(text: string) {
    if (importRun.wide.length === 0) return nothing;
    return html`<button class="adjust" data-action="adjust-squares" @click=${this.#adjust}>
      ${icon('square')} ${text}
    </button>`;
  }

  #onRun(): void {
    this.requestUpdate();
    const { report, labels } = importRun;
    if (!report || !this.isConnected) return;
    if (!isSmooth(report) || report.elsewhere.length > 0) {
      if (!this.dialog.open) this.dialog.showModal();
      return;
    }
    importRun.dismiss();
    this.dialog.close();
    notify(this, {
      text: `${addedSentence(report.added, labels)} ${passedOverSentence(report.passedOver)}`.trim(),
      action: { label: msg('Undo'), run: () => void undoImport(this, report) },
      otherAction:
        report.wide.length > 0
          ? {
              label: msg('Adjust', { desc: 'button: the squares of the photos' }),
              run: this.#adjust,
            }
          : undefined,
    });
  }

  readonly #adjust = () => {
    this.adjustDialog.open(importRun.wide);
  };

  readonly #undo = () => {
    const { report } = importRun;
    this.dialog.close();
    if (report) void undoImport(this, report);
  };

  /** Escape and the back gesture do not close the sheet of a running import; Stop does. */
  readonly #onCancel = (event: Event) => {
    if (importRun.running) event.preventDefault();
  };

  readonly #onClose = () => {
    this.#preparation.reset();
    if (importRun.running) {
      // Browsers let a page prevent the close gesture only once in a row.
      notify(this, {
        text: msg('The import goes on.'),
        action: {
          label: msg('Show'),
          run: () => importRun.running && this.open(),
        },
      });
    } else if (importRun.report) {
      importRun.dismiss();
    }
    this.dispatchEvent(new Event('close'));
  };

  readonly #onBackdrop = (event: MouseEvent) => {
    if (event.target === this.dialog && !importRun.running) this.dialog.close();
  };

  static override styles = [sharedStyles, dialogStyles, importDialogStyles];
}

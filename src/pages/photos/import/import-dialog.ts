import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import type { Elsewhere } from '../../../photos/import/found-picture.ts';
import { countPhotosFound } from '../../../photos/import/count-photos.ts';
import { importRun, type RunReport } from '../../../session/import-run.ts';
import { incomingFiles } from '../../../session/incoming-files.ts';
import { leadElsewhere } from '../../../session/lead-elsewhere.ts';
import { isCertain } from '../../../photos/import/suggest-choices.ts';
import type { PictureSource } from '../../../photos/import/picture-source.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { notify } from '../../../ui/notice.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import '../../../widgets/library/elsewhere-list.ts';
import '../adjust/adjust-dialog.ts';
import type { AdjustDialog } from '../adjust/adjust-dialog.ts';
import { importDialogStyles } from './import-dialog-styles.ts';
import { ImportPreparation } from './import-preparation.ts';
import './import-progress.ts';
import './import-report.ts';
import { addedSentence, importTitle, type ImportStep } from './import-sentences.ts';
import { askStep, chooseStep, lookingStep, matchStep } from './import-steps.ts';
import { isSmooth, movedSentence, passedOverSentence } from '../photo-sentences.ts';
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
  @query('h2') private accessor heading!: HTMLElement;
  @query('pp-adjust-dialog') private accessor adjustDialog!: AdjustDialog;
  readonly #dialog = new DialogController(this, {
    onClosed: () => this.#onClosed(),
    ignoresBackdrop: () => importRun.running,
  });
  readonly #preparation = new ImportPreparation(this);
  #step: ImportStep = 'choose';

  constructor() {
    super();
    new ListenController(this, importRun, 'change', () => this.#onRun());
    new ListenController(this, incomingFiles, 'change');
  }

  /** Whether the sheet has files to ask about, which other files must not take the place of. */
  get isAsking(): boolean {
    return this.#preparation.source !== undefined && !importRun.running;
  }

  /** Opens the sheet, with `source` unless an import is running. */
  open(source?: PictureSource): void {
    if (!importRun.running) {
      if (importRun.report) importRun.dismiss();
      if (source) void this.#preparation.inspect(source);
      else this.#preparation.reset();
    }
    void this.#dialog.open();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Reports an import that ended while another page was open.
    void this.updateComplete.then(() => this.#onRun());
  }

  override render() {
    const step = this.#currentStep();
    const { findings, label, groups, unused } = this.#preparation;
    const certain = step === 'match' && isCertain(groups, this.classes, unused);
    // Without any photo, the question names no number.
    const photos = findings && (countPhotosFound(findings.pictures) || undefined);
    const title =
      step === 'ask' && label ? msg('Import') : importTitle(step, photos, importRun, certain);
    return html`
      <dialog
        class="sheet"
        autofocus
        aria-labelledby="title"
        data-import-state=${step}
        @cancel=${this.#onCancel}
      >
        <div class="heading">
          <h2 id="title" tabindex="-1">${title}</h2>
          ${
            step === 'running' || step === 'done'
              ? nothing
              : html`<button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
                  ${icon('close')}
                </button>`
          }
        </div>
        ${this.#body(step)}
        ${
          incomingFiles.isWaiting
            ? html`<p class="quiet waiting" role="status" data-waiting>
                ${msg('More was dropped or pasted. It comes next.')}
              </p>`
            : nothing
        }
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
    if (this.#dialog.isOpen) this.heading.focus({ preventScroll: true });
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
        return html`${chooseStep(this.#preparation, this.classes)}
        ${this.#adjustButton(msg('Adjust the squares of the last import'))}`;
      case 'ask':
        return askStep(this.#preparation, this.classes);
      case 'looking':
        return lookingStep(this.#preparation, this.#dialog.close);
      case 'match':
        return matchStep(this.#preparation, this.classes);
      case 'running':
        return html`<pp-import-progress></pp-import-progress>`;
      case 'done':
        return report ? this.#finished(report) : nothing;
    }
  }

  #finished(report: RunReport) {
    return html`
      <pp-import-report .report=${report}></pp-import-report>
      <pp-elsewhere-list
        .items=${report.elsewhere}
        done
        @leave=${({ detail }: CustomEvent<Elsewhere>) => {
          this.#dialog.close();
          leadElsewhere(detail);
        }}
      ></pp-elsewhere-list>
      ${this.#adjustButton(msg('Adjust the squares'))}
      <div class="actions">
        ${report.added > 0 ? html`<button @click=${this.#undo}>${msg('Undo')}</button>` : nothing}
        <button class="primary" @click=${this.#dialog.close}>${msg('Done')}</button>
      </div>
    `;
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
      void this.#dialog.open();
      return;
    }
    importRun.dismiss();
    this.#dialog.close();
    notify(this, {
      text: [
        addedSentence(report.added, labels),
        movedSentence(report.moved),
        passedOverSentence(report.passedOver),
      ]
        .filter(Boolean)
        .join(' '),
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
    this.#dialog.close();
    if (report) void undoImport(this, report);
  };

  /** Escape and the back gesture do not close the sheet of a running import; Stop does. */
  readonly #onCancel = (event: Event) => {
    if (importRun.running) event.preventDefault();
  };

  #onClosed(): void {
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
  }

  static override styles = [sharedStyles, dialogStyles, importDialogStyles];
}

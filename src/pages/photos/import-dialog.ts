import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Findings } from '../../photos/import/found-picture.ts';
import type { ImportProgress, ImportReport } from '../../photos/import/import-files.ts';
import { importRun } from '../../photos/import/import-run.ts';
import {
  groupByLabel,
  type GroupChoice,
  type LabelGroup,
} from '../../photos/import/label-groups.ts';
import { labelPictures, type Labelling } from '../../photos/import/label-pictures.ts';
import { fromFiles, type PictureSource } from '../../photos/import/picture-source.ts';
import type { ClassRecord } from '../../photos/record.ts';
import { Problem } from '../../problem.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { notify } from '../../ui/notice.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import './adjust-dialog.ts';
import type { AdjustDialog } from './adjust-dialog.ts';
import { importDialogStyles } from './import-dialog-styles.ts';
import './import-matching.ts';
import './import-question.ts';
import './import-report.ts';
import { labelNames } from './import-sentences.ts';
import { importSummary, isSmooth, labelQuestion } from './photo-sentences.ts';
import { undoImport } from './undo-import.ts';

type Step = 'choose' | 'looking' | 'match' | 'running' | 'done';

/** More folders than this are no classes; a hostile archive has thousands. */
const MOST_GROUPS = 60;

/**
 * The sheet that brings pictures into the library. First the label, under the thumb, because it
 * opens the file picker; what was dropped, pasted or shared is here before its label is, and
 * folders bring labels of their own. An import goes on when the sheet is closed over it, and brings
 * the sheet back if its end needs reading.
 */
@customElement('pp-import-dialog')
export class ImportDialog extends LitElement {
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @state() private source: PictureSource | undefined;
  /** What the source holds, once it was looked through. */
  @state() private findings: Findings | undefined;
  @state() private problem = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('h2') private heading!: HTMLElement;
  @query('[data-import-input]') private photosInput!: HTMLInputElement;
  @query('[data-import-archive]') private archiveInput!: HTMLInputElement;
  @query('[data-import-folder]') private folderInput!: HTMLInputElement;
  @query('pp-adjust-dialog') private adjustDialog!: AdjustDialog;
  /** The label that was chosen before the files. */
  #label: ClassRecord | undefined;
  #groups: readonly LabelGroup[] = [];
  #looking: AbortController | undefined;
  #step: Step = 'choose';

  /** Opens the sheet; on a running import, if there is one. */
  open(source?: PictureSource): void {
    if (!importRun.running) {
      if (importRun.report) importRun.forget();
      this.#reset();
      if (source) void this.#look(source);
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
    this.#looking?.abort();
  }

  override render() {
    const step = this.#currentStep();
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
          <h2 id="title" tabindex="-1">${this.#title(step)}</h2>
          ${
            step === 'running' || step === 'done'
              ? nothing
              : html`<button class="round" aria-label="Close" @click=${() => this.dialog.close()}>
                  ${icon('close')}
                </button>`
          }
        </div>
        ${this.#body(step)}
      </dialog>
      <input
        type="file"
        accept="image/*"
        multiple
        hidden
        data-import-input
        @change=${this.#onPicked}
      />
      ${/* Phones know no type of a .tm, and would grey it out: the bytes decide what it is. */ nothing}
      <input type="file" multiple hidden data-import-archive @change=${this.#onPicked} />
      <input type="file" webkitdirectory hidden data-import-folder @change=${this.#onPicked} />
      <pp-adjust-dialog></pp-adjust-dialog>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const step = this.#currentStep();
    if (step === this.#step) return;
    this.#step = step;
    // The button that was pressed is gone: go on reading where the sheet begins.
    if (this.dialog.open) this.heading.focus({ preventScroll: true });
  }

  #currentStep(): Step {
    if (importRun.report) return 'done';
    if (importRun.progress) return 'running';
    if (this.source && !this.findings) return 'looking';
    return this.#groups.length > 1 ? 'match' : 'choose';
  }

  #title(step: Step): string {
    switch (step) {
      case 'looking':
        return 'Looking for photos';
      case 'match':
        return 'Which folder is which class?';
      case 'running':
        return `Importing as ${labelNames(importRun.labels)}`;
      case 'done':
        return importRun.report ? importSummary(importRun.report).title : '';
      default:
        return labelQuestion(this.findings?.pictures.length);
    }
  }

  #body(step: Step) {
    switch (step) {
      case 'looking':
        return this.#lookingThrough();
      case 'match':
        return this.#matching();
      case 'running':
        return importRun.progress ? this.#importing(importRun.progress) : nothing;
      case 'done':
        return importRun.report ? this.#finished(importRun.report) : nothing;
      default:
        return this.#choosing();
    }
  }

  #choosing() {
    const ready = this.findings !== undefined;
    return html`
      <p class="quiet">Each photo is cut to its middle square and stays on this phone.</p>
      <pp-import-question
        .classes=${this.classes}
        .folder=${this.#groups[0]?.label}
        ?ready=${ready}
        @label=${({ detail }: CustomEvent<ClassRecord>) => this.#choose(detail)}
        @new-class=${() => void this.#settle(['new'])}
      ></pp-import-question>
      <p class="quiet" role="alert">${this.problem}</p>
      ${ready ? nothing : this.#more()}
    `;
  }

  #more() {
    const { wide } = importRun;
    return html`<div class="more">
      <p class="quiet">
        Several kinds at once: a folder or a zip with a folder for each kind, or a Teachable Machine
        project.
      </p>
      <div class="pair">
        <button data-action="choose-folder" @click=${() => this.folderInput.click()}>
          A folder
        </button>
        <button data-action="choose-archive" @click=${() => this.archiveInput.click()}>
          A zip or .tm
        </button>
      </div>
      ${wide.length > 0 ? this.#adjustButton('Adjust the squares of the last import') : nothing}
    </div>`;
  }

  #lookingThrough() {
    return html`
      <p class="quiet" role="status">Nothing is imported yet.</p>
      <div class="looking"></div>
      <div class="actions">
        <button @click=${() => this.dialog.close()}>Cancel</button>
      </div>
    `;
  }

  #matching() {
    const unlisted = this.#groups.length - MOST_GROUPS;
    return html`
      <p class="quiet">
        ${photoCount(this.findings?.pictures.length ?? 0)} in ${wholeNumber(this.#groups.length)}
        folders.
        ${
          unlisted > 0
            ? `Only the first ${MOST_GROUPS} folders can be imported at once.`
            : 'Each photo is cut to its middle square.'
        }
      </p>
      <pp-import-matching
        .groups=${this.#groups.slice(0, MOST_GROUPS)}
        .classes=${this.classes}
        .problem=${this.problem}
        @choices=${({ detail }: CustomEvent<GroupChoice[]>) => void this.#settle(detail)}
      ></pp-import-matching>
    `;
  }

  #importing({ done, total, added }: ImportProgress) {
    return html`
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
    const canUndo = report.added > 0 || importRun.created.length > 0;
    return html`
      <pp-import-report .report=${report}></pp-import-report>
      ${report.wide.length > 0 ? this.#adjustButton('Adjust the squares') : nothing}
      <div class="actions">
        ${canUndo ? html`<button @click=${this.#undo}>Undo</button>` : nothing}
        <button class="primary" @click=${() => this.dialog.close()}>Done</button>
      </div>
    `;
  }

  #adjustButton(text: string) {
    return html`<button class="adjust" data-action="adjust-squares" @click=${this.#adjust}>
      ${icon('square')} ${text}
    </button>`;
  }

  #choose(label: ClassRecord): void {
    this.#label = label;
    if (this.findings) this.#startAs(label);
    else this.photosInput.click();
  }

  readonly #onPicked = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // So that choosing the same files again is a change again.
    input.value = '';
    if (input !== this.photosInput) this.#label = undefined;
    if (files.length > 0) void this.#look(fromFiles(files));
  };

  /** Finds out what there is, and goes on to the import where nothing is left to ask. */
  async #look(source: PictureSource): Promise<void> {
    const looking = (this.#looking = new AbortController());
    this.source = source;
    this.findings = undefined;
    try {
      const findings = await source.find(looking.signal);
      if (looking.signal.aborted) return;
      this.#groups = groupByLabel(findings.pictures);
      this.findings = findings;
    } catch (thrown) {
      if (looking.signal.aborted) return;
      this.#reset();
      this.problem = Problem.from(thrown, 'What you chose could not be read.').message;
      return;
    }
    if (this.findings.pictures.length === 0) this.#start({ pictures: [], labels: [], created: [] });
    else if (this.#label && this.#groups.length === 1) this.#startAs(this.#label);
  }

  #startAs(label: ClassRecord): void {
    const pictures = this.findings?.pictures ?? [];
    this.#start({
      pictures: pictures.map((picture) => ({ picture, classId: label.id })),
      labels: [label],
      created: [],
    });
  }

  async #settle(choices: readonly GroupChoice[]): Promise<void> {
    this.problem = '';
    try {
      const groups = this.#groups.slice(0, choices.length);
      this.#start(await labelPictures(groups, choices, this.classes));
    } catch (thrown) {
      this.problem = Problem.from(thrown).message;
    }
  }

  #start(labelling: Labelling): void {
    const { source, findings } = this;
    if (!source || !findings) return;
    void importRun.start({
      ...labelling,
      source: source.source,
      refused: findings.refused,
      whenAllTried: source.whenAllTried,
    });
  }

  readonly #onRun = () => {
    this.requestUpdate();
    const { report, labels } = importRun;
    if (!report || !this.isConnected) return;
    if (!isSmooth(report)) {
      if (!this.dialog.open) this.dialog.showModal();
      return;
    }
    const { created } = importRun;
    importRun.forget();
    this.dialog.close();
    notify(this, {
      text: `${importSummary(report).title} as ${labelNames(labels)}.`,
      action: { label: 'Undo', run: () => void undoImport(this, report, created) },
      otherAction: report.wide.length > 0 ? { label: 'Adjust', run: this.#adjust } : undefined,
    });
  };

  readonly #adjust = () => {
    this.adjustDialog.open(importRun.wide);
  };

  readonly #undo = () => {
    const { report, created } = importRun;
    this.dialog.close();
    if (report) void undoImport(this, report, created);
  };

  #reset(): void {
    this.#looking?.abort();
    this.source = undefined;
    this.findings = undefined;
    this.problem = '';
    this.#label = undefined;
    this.#groups = [];
  }

  /** Escape and the back gesture leave a running import alone: Stop says what it does. */
  readonly #onCancel = (event: Event) => {
    if (importRun.running) event.preventDefault();
  };

  readonly #onClose = () => {
    this.#reset();
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

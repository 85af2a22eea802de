import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { fromFiles } from '../../../photos/import/picture-source.ts';
import { choosesFolders } from '../../../platform/chooses-folders.ts';
import { saveFile } from '../../../platform/save-file.ts';
import { fileStamp } from '../../../platform/file-stamp.ts';
import { askRun } from '../../../session/ask-run.ts';
import { importRun } from '../../../session/import-run.ts';
import { hrefOf } from '../../../session/routes.ts';
import type { ClassRecord } from '../../../records/class.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { notify } from '../../../ui/notice.ts';
import { photoCount, wholeNumber } from '../../../ui/phrases.ts';
import '../../../ui/progress-bar.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import { answerOf, answerRows, countAnswers, type AnswerRow } from './answer-rows.ts';
import './answer-table.ts';
import { manyDialogStyles } from './many-dialog-styles.ts';
import { saveSorted } from './save-sorted.ts';
import { answersCsv } from './answer-files.ts';

/**
 * The sheet that asks the model about many photos: a folder, a zip or a selection. Nothing is stored
 * unless the person keeps it.
 */
@customElement('pp-many-dialog')
export class ManyDialog extends LitElement {
  /** The library's classes. */
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** The answer whose rows are shown; undefined for all. */
  @state() private accessor filter: string | undefined;
  /** Whether the sorted archive is being written. */
  @state() private accessor saving = false;
  readonly #dialog = new DialogController(this, {
    onClosed: () => {
      // A finished run is forgotten: its table was seen.
      if (!askRun.running) askRun.clear();
      this.dispatchEvent(new Event('close'));
    },
    // Answers for hundreds of photos would be lost.
    ignoresBackdrop: () => true,
  });
  #rows: readonly AnswerRow[] = [];
  #rowsOf: unknown;

  constructor() {
    super();
    new ListenController(this, askRun, 'change');
  }

  /** Opens the sheet, which asks about `files` unless there are none. */
  open(files: readonly File[] = []): void {
    this.#ask(files);
    void this.#dialog.open();
  }

  override willUpdate(): void {
    const answers = askRun.state?.answers;
    if (answers === this.#rowsOf) return;
    this.#rowsOf = answers;
    this.#rows = answerRows(answers ?? []);
    if (this.#rows.every((row) => answerOf(row) !== this.filter)) this.filter = undefined;
  }

  override render() {
    const { state } = askRun;
    return html`<dialog
        class="sheet"
        autofocus
        aria-labelledby="title"
        data-many-state=${state?.kind ?? 'choose'}
      >
        <div class="heading">
          <h2 id="title" tabindex="-1">${msg('Many photos at once')}</h2>
          <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
            ${icon('close')}
          </button>
        </div>
        ${state ? this.#asked() : this.#choice()}
      </dialog>
      <input
        type="file"
        accept="image/*"
        multiple
        hidden
        data-many-photos
        @change=${this.#onChosen}
      />
      <input type="file" webkitdirectory hidden data-many-folder @change=${this.#onChosen} />
      <input type="file" multiple hidden data-many-archive @change=${this.#onChosen} />`;
  }

  #choice() {
    const button = (name: string, words: string) =>
      html`<button data-action=${`many-${name}`} @click=${() => this.#pick(name)}>
        ${words}
      </button>`;
    return html`
      <p class="quiet">
        ${msg('The model answers for each one, the least sure first. Nothing is stored unless you keep it.')}
      </p>
      <div class="choices">
        ${button('photos', msg('Photos'))}
        ${
          choosesFolders()
            ? button('folder', msg('A folder', { id: 'a-folder-to-ask-about' }))
            : nothing
        }
        ${button('archive', msg('A zip', { desc: 'button: choose an archive of photos' }))}
      </div>
    `;
  }

  #asked() {
    const { kind, total, answers, refused, problem } = askRun.state!;
    const done = answers.length + refused.length;
    const [through, all] = [wholeNumber(answers.length), photoCount(total)];
    return html`
      <p class="quiet" role=${kind === 'done' ? 'status' : nothing}>
        ${kind === 'looking' ? msg('Looking for photos…') : msg(str`Answers for ${through} of ${all}.`)}
        ${refused.length > 0 ? refusedSentence(refused.length) : nothing}
      </p>
      ${problem ? html`<p class="problem" role="alert">${problem.message}</p>` : nothing}
      ${
        kind === 'done'
          ? nothing
          : html`<pp-progress-bar
                label=${msg('Asking about photos')}
                .value=${total > 0 ? done / total : 0}
              ></pp-progress-bar>
              ${this.#controls()}`
      }
      ${this.#chips()}
      <pp-answer-table .rows=${this.#shown()} .classes=${this.classes}></pp-answer-table>
      ${kind === 'done' ? this.#results() : nothing}
    `;
  }

  #controls() {
    return html`<div class="actions">
      <button data-action="stop-asking" @click=${() => askRun.stop()}>${msg('Stop')}</button>
      ${
        askRun.paused
          ? html`<button class="primary" @click=${() => askRun.resume()}>
              ${icon('play')} ${msg('Continue')}
            </button>`
          : html`<button data-action="pause-asking" @click=${() => askRun.pause()}>
              ${icon('pause')} ${msg('Pause')}
            </button>`
      }
    </div>`;
  }

  #shown(): readonly AnswerRow[] {
    const { filter } = this;
    return filter === undefined ? this.#rows : this.#rows.filter((row) => answerOf(row) === filter);
  }

  #chips() {
    const counts = countAnswers(this.#rows);
    if (counts.length === 0) return nothing;
    return html`<div class="chips" role="group" aria-label=${msg('Show')}>
      ${this.#chip(msg('All'), this.#rows.length, undefined)}
      ${counts.map(({ id, label, count }) =>
        this.#chip(
          label ? this.#nameOf(label) : msg('Not sure'),
          count,
          id,
          label && classColour(label.palette),
        ),
      )}
    </div>`;
  }

  #chip(name: string, count: number, id: string | undefined, colour = 'var(--ink)') {
    return html`<button
      class="chip"
      data-answer-filter=${id ?? 'all'}
      aria-pressed=${this.filter === id}
      style=${styleMap({ '--chip': colour })}
      @click=${() => (this.filter = id)}
    >
      ${name} <span>${wholeNumber(count)}</span>
    </button>`;
  }

  #results() {
    const none = this.#rows.length === 0;
    const kept = this.classes.find(({ id }) => id === this.filter);
    const photos = photoCount(this.#shown().length);
    return html`
      ${
        kept
          ? html`<button class="wide" data-action="keep-many" @click=${() => this.#keep(kept)}>
              ${msg(str`Keep ${photos} in ${kept.name}`, { desc: '“3 photos” in the class “Cat”' })}
            </button>`
          : nothing
      }
      <div class="actions">
        <button data-action="save-table" ?disabled=${none} @click=${this.#saveTable}>
          ${msg('Table (CSV)')}
        </button>
        <button
          data-action="save-sorted"
          ?disabled=${none || this.saving}
          @click=${this.#saveSorted}
        >
          ${msg('Sorted folders (zip)')}
        </button>
      </div>
      <button class="wide" data-action="ask-others" @click=${() => askRun.clear()}>
        ${msg('Ask about others')}
      </button>
    `;
  }

  /** The name that the class has now. */
  #nameOf({ id, name }: { readonly id: string; readonly name: string }): string {
    return this.classes.find((one) => one.id === id)?.name ?? name;
  }

  #pick(what: string): void {
    this.renderRoot.querySelector<HTMLInputElement>(`[data-many-${what}]`)!.click();
  }

  readonly #onChosen = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same files again sends no `change` event.
    input.value = '';
    this.#ask(files);
  };

  #ask(files: readonly File[]): void {
    if (files.length > 0) void askRun.start(fromFiles(files));
  }

  readonly #saveTable = () => {
    const name = `purrceptron-answers-${fileStamp(Date.now())}.csv`;
    // The byte order mark tells spreadsheets that it is UTF-8.
    saveFile(new File(['\ufeff', answersCsv(this.#rows)], name, { type: 'text/csv' }));
  };

  readonly #saveSorted = async () => {
    this.saving = true;
    try {
      await saveSorted(this.#rows);
    } catch (thrown) {
      notify(this, { text: (thrown as Error).message, tone: 'wrong' });
    }
    this.saving = false;
  };

  /** Imports the shown photos into a class; the Photos page shows how far it is. */
  #keep(label: ClassRecord): void {
    if (importRun.running) {
      notify(this, { text: msg('Another import is running. Wait until it is over.') });
      return;
    }
    void importRun.start({
      pictures: this.#shown().map(({ picture }) => ({ picture, classId: label.id })),
      labels: [label],
      newClasses: [],
      replaced: new Map(),
      source: 'file',
      refused: [],
      passedOver: 0,
      elsewhere: [],
    });
    location.hash = `${hrefOf('photos')}?import`;
  }

  static override styles = [sharedStyles, dialogStyles, manyDialogStyles];
}

function refusedSentence(count: number): string {
  const files = wholeNumber(count);
  return msg(str`Files that are no photos or damaged: ${files}.`);
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { learning, ownBases } from '../../session/learning.ts';
import { backupRun, type BackupState, type UnsavedBackup } from '../../session/backup-run.ts';
import type { ChosenBase } from '../../backup/restore-settings.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { Elsewhere } from '../../photos/import/found-picture.ts';
import { Problem } from '../../platform/problem.ts';
import { leadElsewhere } from '../../session/lead-elsewhere.ts';
import { canShare, saveFile, shareOrSave } from '../../platform/save-file.ts';
import { DialogController } from '../../ui/dialog-controller.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { fileSize, wholeNumber } from '../../ui/phrases.ts';
import { problemLine, problemLineStyles } from '../../ui/problem-line.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import '../../widgets/library/elsewhere-list.ts';
import {
  backupSentence,
  FAILURE_TITLES,
  missingSentences,
  restoredSentences,
  WORK_TITLES,
  writtenSentences,
} from './backup-sentences.ts';

/**
 * Switches to the base that a restored backup chose. While a training is running it does nothing:
 * the app uses the base at its next start.
 */
async function changeBase({ id, inputSize }: ChosenBase): Promise<void> {
  try {
    await learning.useBase(id, inputSize);
  } catch (thrown) {
    if (Problem.from(thrown).kind === 'busy') return;
    // `useBase` falls back to the base in the settings, which the restore has set to the same one:
    // use the default base instead. The engine's status contains a failure.
    await learning.useDefaultBase().catch(() => undefined);
  }
}

/** The sheet of a backup or a restore: its progress, its questions and its result. */
@customElement('pp-backup-dialog')
export class BackupDialog extends LitElement {
  readonly #dialog = new DialogController(this, {
    onClosed: () => backupRun.dismiss(),
    ignoresBackdrop: () => backupRun.running,
  });

  open(): void {
    void this.#dialog.open();
  }

  constructor() {
    super();
    new ListenController(this, backupRun, 'change', () => this.#onRun());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Shows a run that continued or ended while another page was open.
    void this.updateComplete.then(() => this.#onRun());
  }

  override render() {
    const { state } = backupRun;
    return html`<dialog
      class="sheet"
      autofocus
      aria-labelledby="title"
      data-backup-state=${state.kind}
      @cancel=${(event: Event) => backupRun.running && event.preventDefault()}
    >
      ${this.#content(state)}
    </dialog>`;
  }

  #content(state: BackupState) {
    switch (state.kind) {
      case 'idle':
        return nothing;
      case 'written':
        return this.#written(state.backup);
      case 'checked':
        return html`
          <h2 id="title">${msg('Restore this backup?')}</h2>
          <p>${backupSentence(state.backup.library)}</p>
          ${missingSentences(state.backup).map((text) => html`<p>${text}</p>`)}
          <p class="quiet">
            ${msg('Every byte was checked. What is on this phone stays as it is, and so do the settings that you chose here.')}
          </p>
          <div class="actions">
            <button @click=${this.#dialog.close}>${msg('Not now')}</button>
            <button
              class="primary"
              data-action="confirm-restore"
              @click=${() => backupRun.restore(ownBases, changeBase)}
            >
              ${msg('Restore')}
            </button>
          </div>
        `;
      case 'restored':
        return html`
          <h2 id="title">${state.report.problem ? msg('Restored in part') : msg('Restored')}</h2>
          ${state.report.problem ? problemLine(state.report.problem.message) : nothing}
          <div role="status">
            ${restoredSentences(state.report).map((text) => html`<p>${text}</p>`)}
          </div>
          ${this.#done()}
        `;
      case 'failed':
        return html`
          <h2 id="title">${FAILURE_TITLES[state.at]}</h2>
          ${problemLine(state.problem.message)}
          <pp-elsewhere-list
            .items=${state.elsewhere ?? []}
            done
            @leave=${this.#leave}
          ></pp-elsewhere-list>
          ${this.#done()}
        `;
      default:
        return this.#working(state);
    }
  }

  #working({ kind, progress }: Extract<BackupState, { progress: unknown }>) {
    const title = WORK_TITLES[kind];
    return html`
      <h2 id="title">${title}</h2>
      <p class="quiet">${progress ? progressWords(progress) : msg('Starting…')}</p>
      <pp-progress-bar
        label=${title}
        .value=${progress ? progress.done / Math.max(1, progress.total) : 0}
      ></pp-progress-bar>
      <div class="actions">
        <button data-action="stop-backup" @click=${() => backupRun.stop()}>${msg('Stop')}</button>
      </div>
    `;
  }

  #written(backup: UnsavedBackup) {
    const { file, report } = backup;
    return html`
      <h2 id="title">${msg('The backup is ready')}</h2>
      <div role="status">
        ${report ? writtenSentences(report).map((text) => html`<p>${text}</p>`) : nothing}
      </div>
      <p class="quiet">${file.name}, ${fileSize(file.size)}</p>
      <div class="actions">
        ${
          canShare(file)
            ? html`<button @click=${() => this.#share(backup)}>${msg('Share')}</button>`
            : html`<button @click=${this.#dialog.close}>${msg('Close')}</button>`
        }
        <button class="primary" data-action="save-backup" @click=${() => this.#save(backup)}>
          ${msg('Save')}
        </button>
      </div>
    `;
  }

  #done() {
    return html`<div class="actions">
      <button class="primary" @click=${this.#dialog.close}>${msg('Done')}</button>
    </div>`;
  }

  #save(backup: UnsavedBackup): void {
    saveFile(backup.file);
    void backupRun.saved(backup);
    this.#dialog.close();
  }

  async #share(backup: UnsavedBackup): Promise<void> {
    // After the person closed the share sheet, Save is still available.
    if (!(await shareOrSave(backup.file))) return;
    void backupRun.saved(backup);
    this.#dialog.close();
  }

  readonly #leave = ({ detail }: CustomEvent<Elsewhere>) => {
    this.#dialog.close();
    leadElsewhere(detail);
  };

  #onRun(): void {
    this.requestUpdate();
    if (!this.isConnected) return;
    if (backupRun.state.kind === 'idle') this.#dialog.close();
    else this.open();
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    problemLineStyles,
    css`
      p {
        margin-top: 8px;
        overflow-wrap: anywhere;
      }
      pp-progress-bar {
        margin-top: 16px;
      }
    `,
  ];
}

function progressWords(progress: { readonly done: number; readonly total: number }): string {
  const [done, total] = [wholeNumber(progress.done), wholeNumber(progress.total)];
  return msg(str`${done} of ${total}`);
}

import { css, html, LitElement } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { ownBases } from '../../session/learning.ts';
import { backupRun, type UnsavedBackup } from '../../session/backup-run.ts';
import { BACKUP_TYPES } from '../../session/choose-backup.ts';
import { msg, str } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { fileSize } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import './backup-dialog.ts';
import type { BackupDialog } from './backup-dialog.ts';
import { RevealSection } from './reveal-section.ts';
import { sectionStyles } from './section-styles.ts';

/** Buttons to back up all data to one file, and to restore it. */
@customElement('pp-backup-section')
export class BackupSection extends LitElement {
  @query('pp-backup-dialog') private accessor dialog!: BackupDialog;
  @query('input') private accessor input!: HTMLInputElement;

  constructor() {
    super();
    new RevealSection(this, 'restore');
    new RevealSection(this, 'backup');
    new ListenController(this, backupRun, 'change');
  }

  override render() {
    return html`<section class="card">
      <div class="title">
        ${icon('download')}
        <h2 tabindex="-1">${msg('Backup')}</h2>
      </div>
      <p class="quiet">
        ${msg('One file with all your photos, labels, models and settings, and the base models you added. Keep it somewhere else than on this phone: a lost phone takes with it what is only on it.')}
      </p>
      <div class="actions">
        <button data-action="back-up" @click=${() => this.#backUp()}>${msg('Back up')}</button>
        <button data-action="restore" @click=${() => this.input.click()}>
          ${msg('Restore a backup')}
        </button>
      </div>
      ${backupRun.unsaved.map((backup) => this.#unsaved(backup))}
      <input
        type="file"
        accept=${BACKUP_TYPES}
        hidden
        data-backup-input
        aria-label=${msg('Backup to restore')}
        @change=${this.#onPicked}
      />
      <pp-backup-dialog></pp-backup-dialog>
    </section>`;
  }

  /** A backup that was closed without saving it, or whose window was reloaded or crashed. */
  #unsaved(backup: UnsavedBackup) {
    const { name, size } = backup.file;
    const file = `${name}, ${fileSize(size)}`;
    return html`<div data-unsaved-backup=${name}>
      <p>${msg(str`Not saved yet: ${file}`, { desc: 'name and size of a backup' })}</p>
      <div class="actions">
        <button @click=${() => backupRun.offer(backup)}>${msg('Save')}</button>
        <button @click=${() => void backupRun.discard(backup)}>${msg('Discard')}</button>
      </div>
    </div>`;
  }

  #backUp(): void {
    this.dialog.open();
    void backupRun.write(ownBases);
  }

  readonly #onPicked = () => {
    const file = this.input.files?.[0];
    // Otherwise choosing the same file again sends no `change` event.
    this.input.value = '';
    if (!file) return;
    this.dialog.open();
    void backupRun.check(file);
  };

  static override styles = [
    sharedStyles,
    sectionStyles,
    css`
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
      }
    `,
  ];
}

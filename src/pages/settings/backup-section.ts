import { css, html, LitElement } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { ownBases } from '../../session/learning.ts';
import { backupRun } from '../../session/backup-run.ts';
import { msg } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
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
      <input
        type="file"
        accept=".zip,application/zip"
        hidden
        data-backup-input
        aria-label=${msg('Backup to restore')}
        @change=${this.#onPicked}
      />
      <pp-backup-dialog></pp-backup-dialog>
    </section>`;
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

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import type { Elsewhere } from '../../../photos/import/found-picture.ts';
import { backupRun } from '../../../session/backup-run.ts';
import { offerModel } from '../../../session/model-to-add.ts';
import { hrefOf } from '../../../session/routes.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';

/**
 * What was chosen and is no photo, in one sentence each, with a button that takes it to where it
 * belongs.
 *
 * Event: `leave` when such a button was pressed.
 */
@customElement('pp-import-elsewhere')
export class ImportElsewhere extends LitElement {
  @property({ attribute: false }) accessor items: readonly Elsewhere[] = [];
  /** Whether the photos are done with, so that one can leave. */
  @property({ type: Boolean }) accessor done = false;

  override render() {
    return this.items.map(
      (item) =>
        html`<div class="item" data-elsewhere=${item.kind}>
          <p>${item.sentence}</p>
          ${this.done ? this.#button(item) : nothing}
        </div>`,
    );
  }

  #button({ kind, files }: Elsewhere) {
    switch (kind) {
      case 'backup':
        return html`<button @click=${() => this.#leave(() => restore(files))}>
          ${msg('Restore a backup')}
        </button>`;
      case 'model':
        return html`<button @click=${() => this.#leave(() => offerModel(files))}>
          ${msg('Add a model')}
        </button>`;
      case 'nowhere':
        return nothing;
    }
  }

  #leave(go: () => void): void {
    this.dispatchEvent(new Event('leave'));
    go();
  }

  static override styles = [
    sharedStyles,
    css`
      .item {
        display: grid;
        gap: 12px;
        margin-block-start: 12px;
        padding: 14px 16px;
        border: 1px solid var(--line);
        border-radius: 16px;
      }
      p {
        overflow-wrap: anywhere;
      }
    `,
  ];
}

/** Checks the backup, and shows it in Settings, where it can be restored. */
function restore(files: Elsewhere['files']): void {
  void backupRun.check(files.length === 1 ? files[0]!.file : files);
  location.hash = `${hrefOf('settings')}?restore`;
}

import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { DialogController } from '../../ui/dialog-controller.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { removalSentence } from './class-sentences.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * Asks for confirmation before a class with photos is removed.
 *
 * Event: `remove-class` with the ClassRecord in `detail`.
 */
@customElement('pp-remove-class-dialog')
export class RemoveClassDialog extends LitElement {
  @state() private accessor record: ClassRecord | undefined;
  /** Number of photos of the class. */
  @state() private accessor photos = 0;
  readonly #dialog = new DialogController(this);

  open(record: ClassRecord, photos: number): void {
    this.record = record;
    this.photos = photos;
    void this.#dialog.open();
  }

  override render() {
    const name = this.record?.name ?? '';
    return html`<dialog class="sheet" autofocus aria-labelledby="title" aria-describedby="what">
      <h2 id="title">${msg(str`Remove ${name}?`)}</h2>
      <p id="what" class="quiet">${removalSentence(this.photos)}</p>
      <div class="actions">
        <button @click=${this.#dialog.close}>${msg('Keep')}</button>
        <button class="primary" data-action="remove-class" @click=${this.#confirm}>
          ${msg('Remove')}
        </button>
      </div>
    </dialog>`;
  }

  #confirm(): void {
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent('remove-class', { detail: this.record }));
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    css`
      h2 {
        overflow-wrap: anywhere;
      }
      p {
        margin-top: 8px;
      }
    `,
  ];
}

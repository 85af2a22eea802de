import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { Elsewhere } from '../../photos/import/found-picture.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/**
 * What was chosen and does not belong here, in one sentence each, with a button that takes it to
 * where it belongs.
 *
 * Event: `leave` with the Elsewhere in `detail` when such a button was pressed.
 */
@customElement('pp-elsewhere-list')
export class ElsewhereList extends LitElement {
  @property({ attribute: false }) accessor items: readonly Elsewhere[] = [];
  /** Whether to show the buttons: nothing else waits for a decision here. */
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

  #button(item: Elsewhere) {
    const label = labelOf(item);
    if (label === undefined) return nothing;
    return html`<button
      @click=${() => this.dispatchEvent(new CustomEvent('leave', { detail: item }))}
    >
      ${label}
    </button>`;
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

function labelOf({ kind }: Elsewhere): string | undefined {
  switch (kind) {
    case 'backup':
      return msg('Restore a backup');
    case 'model':
      return msg('Add a model');
    case 'photos':
      return msg('Import photos');
    case 'nowhere':
      return undefined;
  }
}

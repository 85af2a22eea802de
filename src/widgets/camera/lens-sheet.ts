import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Lens } from '../../camera/lenses.ts';
import { msg } from '../../i18n/msg.ts';
import { DialogController } from '../../ui/dialog-controller.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/**
 * A dialog to choose among the lenses that face the current direction.
 *
 * Event: `lens`, with the device id of the chosen lens in `detail`.
 */
@customElement('pp-lens-sheet')
export class LensSheet extends LitElement {
  @property({ attribute: false }) accessor lenses: readonly Lens[] = [];
  /** Device id of the lens in use. */
  @property() accessor lensId: string | undefined;
  @state() private accessor shown = false;
  readonly #dialog = new DialogController(this, { onClosed: () => (this.shown = false) });

  open(): void {
    this.shown = true;
    void this.#dialog.open();
  }

  override render() {
    return html`<dialog class="sheet" tabindex="-1" aria-label=${msg('Lens')}>
      ${this.shown ? this.#choices() : nothing}
    </dialog>`;
  }

  #choices() {
    return html`<div class="heading">
        <h2>${msg('Lens')}</h2>
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
      </div>
      <ul>
        ${this.lenses.map(
          ({ deviceId, name }) =>
            html`<li>
              <button
                class="lens"
                aria-pressed=${deviceId === this.lensId}
                @click=${() => this.#choose(deviceId)}
              >
                <span>${name}</span> ${deviceId === this.lensId ? icon('check') : nothing}
              </button>
            </li>`,
        )}
      </ul>`;
  }

  #choose(deviceId: string): void {
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent('lens', { detail: deviceId }));
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    css`
      ul {
        display: grid;
        gap: 8px;
        margin: 8px 0 0;
      }
      .lens {
        justify-content: space-between;
        width: 100%;
        min-height: 56px;
        border-radius: 18px;
        overflow-wrap: anywhere;
        text-align: start;
      }
      .lens[aria-pressed='true'] {
        border-color: var(--press);
        background: var(--press-soft);
      }
    `,
  ];
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { sharedStyles } from '../ui/shared-styles.ts';

/** A text of more letters would be a narrow column beside a button with words on a phone. */
const LONG = 80;

/**
 * A message about the app itself that needs a decision, such as a new version or a failed
 * installation. It is above the page and does not cover it.
 *
 * Events: `action` from its button, `dismiss` from the button that closes it.
 */
@customElement('pp-banner')
export class Banner extends LitElement {
  @property() accessor icon: IconName = 'info';
  @property() accessor text = '';
  /** Label of the button; without a label there is no button. */
  @property() accessor action = '';
  @property({ type: Boolean }) accessor dismissable = false;
  /** Accessible name of the button that closes it. */
  @property() accessor dismissal = msg('Later');

  override render() {
    return html`<div role="status">
      ${icon(this.icon)}
      <p class=${this.action && this.text.length > LONG ? 'long' : ''}>${this.text}</p>
      ${
        this.action
          ? html`<button class="action" @click=${() => this.dispatchEvent(new Event('action'))}>
              ${this.action}
            </button>`
          : nothing
      }
      ${
        this.dismissable
          ? html`<button
              class="later"
              aria-label=${this.dismissal}
              @click=${() => this.dispatchEvent(new Event('dismiss'))}
            >
              ${icon('close')}
            </button>`
          : nothing
      }
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: end;
        gap: 8px;
        padding-block: 4px;
        padding-inline: 16px 8px;
        background: var(--press-soft);
        color: var(--ink);
        font-size: 0.875rem;
      }
      svg {
        flex: none;
        color: var(--press);
      }
      p {
        flex: 1 1 min(9rem, 60%);
        padding: 4px 0;
        line-height: 1.3;
      }
      /* Beside the icon, with the buttons below. */
      .long {
        flex-basis: min(30rem, calc(100% - 32px));
      }
      button {
        flex: none;
        padding: 0 12px;
        border: 0;
        background: transparent;
        color: var(--press);
      }
      .later {
        width: 44px;
        padding: 0;
        color: var(--quiet);
      }
      .later svg {
        width: 18px;
        color: inherit;
      }
    `,
  ];
}

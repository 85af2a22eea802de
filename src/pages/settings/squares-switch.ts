import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { switchStyles } from '../../ui/switch-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';

/** The switch for the squares of imported photos. */
@customElement('pp-squares-switch')
export class SquaresSwitch extends LitElement {
  readonly #stored = new StoredController(this, ['settings'], async () => ({
    on: (await getSetting('movesSquares')) ?? true,
  }));

  override render() {
    const { value } = this.#stored;
    if (!value) return nothing;
    return html`<label class="switch">
        <span>${msg('Move the square onto the animal')}</span>
        <input
          type="checkbox"
          role="switch"
          data-setting="moves-squares"
          .checked=${value.on}
          @change=${(event: Event) => void this.#save((event.target as HTMLInputElement).checked)}
        />
      </label>
      <p class="quiet">
        ${msg('In wide and tall photos that you import. It looks for what your classes are, and comes closer only if that is small. You can adjust each square after the import.')}
      </p>`;
  }

  async #save(on: boolean): Promise<void> {
    try {
      await saveSettings({ movesSquares: on });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
      this.requestUpdate();
    }
  }

  static override styles = [
    sharedStyles,
    switchStyles,
    css`
      p {
        margin: 0;
      }
    `,
  ];
}

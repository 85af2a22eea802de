import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { percent } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { switchStyles } from '../../ui/switch-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';

/**
 * Accuracy on 300 test photos: without any photo, and with 10 photos a class, alone and together
 * with what the base knows; see docs/learning.md.
 */
const MEASURED = { untrained: 0.983, without: 0.965, with: 0.979 };

/** The switch for what the base knows, and what it is worth. */
@customElement('pp-known-switch')
export class KnownSwitch extends LitElement {
  /** Whether the figures were measured with this base. */
  @property({ type: Boolean }) accessor measured = false;
  readonly #stored = new StoredController(this, ['settings'], async () => ({
    on: (await getSetting('usesKnownClasses')) ?? true,
  }));

  override render() {
    const { value } = this.#stored;
    if (!value) return nothing;
    return html`<label class="switch">
        <span>${msg('Start from what the base model knows')}</span>
        <input
          type="checkbox"
          role="switch"
          .checked=${value.on}
          @change=${(event: Event) => void this.#save((event.target as HTMLInputElement).checked)}
        />
      </label>
      <p class="quiet">
        ${
          this.measured
            ? this.#figures()
            : msg('This base has seen such things before; your photos teach it yours.')
        }
      </p>`;
  }

  #figures(): string {
    const [untrained, without, together] = [
      MEASURED.untrained,
      MEASURED.without,
      MEASURED.with,
    ].map(percent);
    return msg(
      str`This base has seen cats and dogs before; your photos teach it yours. Of 300 photos of other people’s, it got ${untrained} right without any training, ${together} after 10 photos of each, and ${without} from those photos alone.`,
    );
  }

  async #save(on: boolean): Promise<void> {
    try {
      await saveSettings({ usesKnownClasses: on });
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

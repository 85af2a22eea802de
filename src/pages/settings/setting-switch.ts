import { css, html, LitElement, nothing } from 'lit';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { switchStyles } from '../../ui/switch-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';

/** A setting that is on unless somebody switched it off, and what it is for. */
export abstract class SettingSwitch extends LitElement {
  protected abstract readonly setting: 'usesKnownClasses' | 'movesSquares';
  readonly #stored = new StoredController(this, ['settings'], async () => ({
    on: (await getSetting(this.setting)) ?? true,
  }));

  protected abstract label(): string;
  protected abstract explanation(): string;

  override render() {
    const { value } = this.#stored;
    if (!value) return nothing;
    return html`<label class="switch">
        <span>${this.label()}</span>
        <input
          type="checkbox"
          role="switch"
          data-setting=${this.setting}
          .checked=${value.on}
          @change=${(event: Event) => void this.#save((event.target as HTMLInputElement).checked)}
        />
      </label>
      <p class="quiet">${this.explanation()}</p>`;
  }

  async #save(on: boolean): Promise<void> {
    try {
      await saveSettings({ [this.setting]: on });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
      this.requestUpdate();
    }
  }

  static override styles = [
    sharedStyles,
    switchStyles,
    css`
      .switch {
        padding-inline: 0;
      }
      p {
        margin: 0;
      }
    `,
  ];
}

import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { workUnderWay } from '../../session/work-under-way.ts';
import { LANGUAGES, pickLanguage } from '../../i18n/languages.ts';
import { msg, str } from '../../i18n/msg.ts';
import { chooseLanguage, chosenLanguage } from '../../session/page-language.ts';
import { fieldStyles } from '../../ui/field-styles.ts';
import { icon } from '../../ui/icons.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { sectionStyles } from './section-styles.ts';

/** Value of the option to use the language of the device. */
const DEVICE_LANGUAGE = '';

/**
 * The choice of the language. A change reloads the page, so it is disabled while work is running.
 */
@customElement('pp-language-section')
export class LanguageSection extends LitElement {
  constructor() {
    super();
    new ListenController(this, workUnderWay, 'change');
  }

  override render() {
    const chosen = chosenLanguage() ?? DEVICE_LANGUAGE;
    const { name } = pickLanguage(undefined, navigator.languages);
    return html`<section class="card">
      <div class="title">
        ${icon('language')}
        <h2 id="title">${msg('Language')}</h2>
      </div>
      <div class="field">
        <select
          aria-labelledby="title"
          ?disabled=${workUnderWay.what !== undefined}
          @change=${this.#choose}
        >
          <option value=${DEVICE_LANGUAGE} ?selected=${chosen === DEVICE_LANGUAGE}>
            ${msg(str`As on this phone (${name})`, { desc: '${0}: a language, in its own words' })}
          </option>
          ${LANGUAGES.map(
            (each) =>
              html`<option
                value=${each.code}
                lang=${each.code}
                dir=${each.direction}
                ?selected=${each.code === chosen}
              >
                ${each.name}
              </option>`,
          )}
        </select>
      </div>
      ${
        workUnderWay.what
          ? html`<p class="quiet">${msg('It can be changed when what runs now is over.')}</p>`
          : nothing
      }
    </section>`;
  }

  readonly #choose = (event: Event) => {
    if (chooseLanguage((event.target as HTMLSelectElement).value || undefined)) location.reload();
    else notify(this, { text: msg('This browser does not keep the choice.'), tone: 'wrong' });
  };

  static override styles = [sharedStyles, sectionStyles, fieldStyles];
}

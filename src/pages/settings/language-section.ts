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

/** The option that follows the phone. */
const AS_THE_PHONE = '';

/** What the app speaks. The page is loaded anew for it, so not while something runs. */
@customElement('pp-language-section')
export class LanguageSection extends LitElement {
  constructor() {
    super();
    new ListenController(this, workUnderWay, 'change');
  }

  override render() {
    const chosen = chosenLanguage() ?? AS_THE_PHONE;
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
          <option value=${AS_THE_PHONE} ?selected=${chosen === AS_THE_PHONE}>
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

import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { hrefOf } from '../../session/routes.ts';
import { msg } from '../../i18n/msg.ts';
import { isInsecure } from '../../platform/withheld.ts';
import { icon } from '../../ui/icons.ts';
import { pageStyles, sharedStyles } from '../../ui/shared-styles.ts';
import './airplane-section.ts';
import './backup-section.ts';
import './base-section.ts';
import './classes-section.ts';
import './install-section.ts';
import './language-section.ts';
import './models-section.ts';
import { sectionStyles } from './section-styles.ts';
import './storage-section.ts';

const LICENCE = 'Apache-2.0';

/** What works only at a secure address. */
const SECTIONS = html`
  <pp-classes-section></pp-classes-section>
  <pp-models-section></pp-models-section>
  <pp-storage-section></pp-storage-section>
  <pp-install-section></pp-install-section>
  <pp-backup-section></pp-backup-section>
  <pp-airplane-section></pp-airplane-section>
  <pp-base-section></pp-base-section>
`;

/**
 * The Settings page: classes, models, storage, installation, backup, offline state, base and
 * language.
 */
@customElement('pp-settings-page')
export class SettingsPage extends LitElement {
  override render() {
    return html`
      <header>
        <a class="button" href=${hrefOf('photos')} aria-label=${msg('Back to Photos')}
          >${icon('back')}</a
        >
        <h1 tabindex="-1">${msg('Settings')}</h1>
      </header>
      <div class="sections">
        ${isInsecure() ? html`<pp-airplane-section></pp-airplane-section>` : SECTIONS}
        <pp-language-section></pp-language-section>
        <section class="card">
          <div class="title">
            ${icon('info')}
            <h2>${msg('About Purrceptron')}</h2>
          </div>
          <dl>
            <div class="row">
              <dt>${msg('Version')}</dt>
              <dd>${__APP_VERSION__}</dd>
            </div>
            <div class="row">
              <dt>${msg('Licence')}</dt>
              <dd>${LICENCE}</dd>
            </div>
            <div class="row">
              <dt>${msg('What leaves this phone')}</dt>
              <dd><strong>${msg('Nothing')}</strong></dd>
            </div>
          </dl>
          <p class="quiet">
            ${msg('Your photos, their labels and what was learned from them stay here. Place and date are taken out of every photo that comes in.')}
          </p>
        </section>
      </div>
    `;
  }

  static override styles = [
    sharedStyles,
    pageStyles,
    sectionStyles,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 16px;
      }
      header .button {
        flex: none;
        width: var(--target);
        padding: 0;
      }
      h1:focus {
        outline: none;
      }
      .sections {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
        gap: 12px;
        max-width: 960px;
      }
      @container (min-width: 840px) {
        :host {
          padding-inline-end: 28px;
          padding-inline-start: 28px;
        }
      }
    `,
  ];
}

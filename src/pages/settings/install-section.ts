import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { backupRun } from '../../session/backup-run.ts';
import { chooseBackup } from '../../session/choose-backup.ts';
import { installApp, isIos, isMac } from '../../session/install-app.ts';
import { ownBases } from '../../session/learning.ts';
import { isClearedUnused, sevenDaysSentence } from '../../session/seven-days.ts';
import { libraryFacts } from '../../storage/library.ts';
import { msg, str } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { markedUp } from '../../ui/marked-up.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { installPicture } from './install-pictures.ts';
import { RevealSection } from './reveal-section.ts';
import { sectionStyles } from './section-styles.ts';

/** Installs the app, or shows how to install it; `#/settings?install` scrolls to it. */
@customElement('pp-install-section')
export class InstallSection extends LitElement {
  readonly #library = new StoredController(this, ['photos', 'models'], libraryFacts);

  constructor() {
    super();
    new RevealSection(this, 'install');
    new ListenController(this, installApp, 'change');
  }

  override render() {
    const { way } = installApp;
    return html`<section class="card" data-install=${way}>
      <div class="title">
        ${icon('home-screen')}
        <h2 tabindex="-1">${msg('On the home screen')}</h2>
      </div>
      ${way === 'installed' ? this.#installed() : this.#why()}
      ${
        way === 'prompt'
          ? html`<button data-action="install" @click=${() => installApp.ask()}>
              ${msg('Install')}
            </button>`
          : nothing
      }
      ${way === 'steps' ? this.#steps() : nothing}
      ${
        way === 'none'
          ? html`<p>
              ${
                isMac() && isClearedUnused()
                  ? msg('Open Safari’s menu “File” and choose “Add to Dock”.')
                  : msg('Open the browser’s menu and choose “Install app” or “Add to Home screen”.')
              }
            </p>`
          : nothing
      }
    </section>`;
  }

  #installed() {
    return html`<p>
        <span class="badge">${icon('check')} ${msg('Purrceptron is installed.')}</span>
      </p>
      ${
        isIos() && this.#isEmpty()
          ? html`<ol>
                ${step(
                  installPicture('restore'),
                  msg(
                    'Photos from the browser are not in this app. Choose the backup that you made there: it waits in Files.',
                  ),
                )}
              </ol>
              <button data-action="restore-first" @click=${chooseBackup}>
                ${msg('Restore a backup')}
              </button>`
          : nothing
      }`;
  }

  #why() {
    return html`<p class="quiet">
        ${
          isIos()
            ? msg(
                'On an iPhone or iPad, the app on the home screen is another app than this tab: they do not share photos.',
              )
            : msg(
                'From there it opens without the browser around it, and browsers are slower to clear what it keeps.',
              )
        }
      </p>
      ${isClearedUnused() ? html`<p data-seven-days>${sevenDaysSentence()}</p>` : nothing}`;
  }

  #isEmpty(): boolean {
    const { value } = this.#library;
    return value !== undefined && value.photos + value.models === 0;
  }

  /** The steps in Safari on iOS, with the names that Safari uses; photos come along in a backup. */
  #steps() {
    const share = msg('Share', { id: 'safari-share', desc: 'the name of it in Safari on iOS' });
    const addToHome = msg('Add to Home Screen', { desc: 'the name of it in Safari on iOS' });
    const add = msg('Add', { id: 'safari-add', desc: 'the name of it in Safari on iOS' });
    const hasPhotos = this.#library.value !== undefined && !this.#isEmpty();
    return html`<ol>
      ${hasPhotos ? this.#backUp() : nothing}
      ${step(
        installPicture('safari-bar'),
        markedUp((share) => msg(str`Tap ${share} in Safari’s bar.`), strong(share)),
      )}
      ${step(
        installPicture('share-sheet'),
        markedUp((addToHome) => msg(str`Scroll down and tap ${addToHome}.`), strong(addToHome)),
      )}
      ${step(
        installPicture('home-screen'),
        markedUp((add) => msg(str`Tap ${add}, then open Purrceptron from there.`), strong(add)),
      )}
      ${
        hasPhotos
          ? step(
              installPicture('restore'),
              markedUp(
                (restore) => msg(str`There, tap ${restore} and choose the file in Downloads.`),
                strong(msg('Restore a backup')),
              ),
            )
          : nothing
      }
    </ol>`;
  }

  #backUp() {
    const words = markedUp(
      (save) => msg(str`Back up, then tap ${save}: the file waits in Files, in Downloads.`),
      strong(msg('Save')),
    );
    return step(
      installPicture('back-up'),
      html`${words}
        <button data-action="move-back-up" @click=${() => void backupRun.write(ownBases)}>
          ${msg('Back up')}
        </button>`,
    );
  }

  static override styles = [
    sharedStyles,
    sectionStyles,
    css`
      ol {
        display: grid;
        gap: 12px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 16px;
      }
      li > svg {
        flex: none;
        padding: 4px;
        border-radius: 14px;
        background: var(--press-soft);
        color: var(--press);
      }
      li button {
        display: flex;
        margin-top: 8px;
      }
    `,
  ];
}

function step(picture: TemplateResult, words: unknown) {
  return html`<li>
    ${picture}
    <span>${words}</span>
  </li>`;
}

function strong(name: string) {
  return html`<strong>${name}</strong>`;
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { installApp } from '../../session/install-app.ts';
import { msg, str } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { markedUp } from '../../ui/marked-up.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { RevealSection } from './reveal-section.ts';
import { sectionStyles } from './section-styles.ts';

/** Installs the app, or shows how to install it; `#/settings?install` scrolls to it. */
@customElement('pp-install-section')
export class InstallSection extends LitElement {
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
      ${
        way === 'installed'
          ? html`<p>
              <span class="badge">${icon('check')} ${msg('Purrceptron is installed.')}</span>
            </p>`
          : html`<p class="quiet">
              ${msg('From there it opens without the browser around it, and browsers are slower to clear what it keeps.')}
            </p>`
      }
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
              ${msg('Open the browser’s menu and choose “Install app” or “Add to Home screen”.')}
            </p>`
          : nothing
      }
    </section>`;
  }

  /** The steps in Safari on iOS, with the names that Safari uses. */
  #steps() {
    const share = msg('Share', { id: 'safari-share', desc: 'the name of it in Safari on iOS' });
    const addToHome = msg('Add to Home Screen', { desc: 'the name of it in Safari on iOS' });
    const add = msg('Add', { id: 'safari-add', desc: 'the name of it in Safari on iOS' });
    return html`<ol>
      <li>
        <span class="picture">${icon('share')}</span>
        <span>${markedUp((share) => msg(str`Tap ${share} in Safari’s bar.`), strong(share))}</span>
      </li>
      <li>
        <span class="picture">${icon('add-to-home')}</span>
        <span
          >${markedUp((addToHome) => msg(str`Scroll down and tap ${addToHome}.`), strong(addToHome))}</span
        >
      </li>
      <li>
        <span class="picture"><img src="./icons/icon-192.png" alt="" /></span>
        <span
          >${markedUp((add) => msg(str`Tap ${add}, then open Purrceptron from there.`), strong(add))}</span
        >
      </li>
    </ol>`;
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
      .picture {
        display: grid;
        flex: none;
        place-items: center;
        width: 56px;
        height: 56px;
        overflow: hidden;
        border-radius: 14px;
        background: var(--press-soft);
        color: var(--press);
      }
      .picture img {
        width: 100%;
        height: 100%;
      }
    `,
  ];
}

function strong(name: string) {
  return html`<strong>${name}</strong>`;
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { installApp } from '../../app/install-app.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { RevealSection } from './reveal-section.ts';
import { sectionStyles } from './section-styles.ts';

/** Puts the app on the home screen, or shows how; `#/settings?install` brings it into sight. */
@customElement('pp-install-section')
export class InstallSection extends LitElement {
  readonly #onChange = () => {
    this.requestUpdate();
  };

  constructor() {
    super();
    new RevealSection(this, 'install');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    installApp.addEventListener('change', this.#onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    installApp.removeEventListener('change', this.#onChange);
  }

  override render() {
    const { way } = installApp;
    return html`<section class="card" data-install=${way}>
      <div class="title">
        ${icon('home-screen')}
        <h2 tabindex="-1">On the home screen</h2>
      </div>
      ${
        way === 'installed'
          ? html`<p><span class="badge">${icon('check')} Purrceptron is installed.</span></p>`
          : html`<p class="quiet">
              From there it opens without the browser around it, and browsers are slower to clear
              what it keeps.
            </p>`
      }
      ${
        way === 'prompt'
          ? html`<button data-action="install" @click=${() => installApp.ask()}>Install</button>`
          : nothing
      }
      ${way === 'steps' ? this.#steps() : nothing}
      ${
        way === 'none'
          ? html`<p>Open the browser’s menu and choose “Install app” or “Add to Home screen”.</p>`
          : nothing
      }
    </section>`;
  }

  /** Safari on iOS, whose own words these are. */
  #steps() {
    return html`<ol>
      <li>
        <span class="picture">${icon('share')}</span>
        <span>Tap <strong>Share</strong> in Safari’s bar.</span>
      </li>
      <li>
        <span class="picture">${icon('add-to-home')}</span>
        <span>Scroll down and tap <strong>Add to Home Screen</strong>.</span>
      </li>
      <li>
        <span class="picture"><img src="./icons/icon-192.png" alt="" /></span>
        <span>Tap <strong>Add</strong>, then open Purrceptron from there.</span>
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
        margin: 0;
        padding: 0;
        list-style: none;
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

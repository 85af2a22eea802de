import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cameraAdvice, type CameraProblem } from '../../camera/camera-problem.ts';
import type { CameraState } from '../../camera/camera-stream.ts';
import type { PictureTrouble } from '../../camera/picture-watch.ts';
import { msg } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

const TROUBLE: Readonly<Record<PictureTrouble, { title: string; wayOut: string }>> = {
  black: {
    title: msg('The picture is black'),
    wayOut: msg(
      'Is a finger, a case or a cover over the lens, or a privacy switch on? If not, open the camera again or choose another one.',
    ),
  },
  still: {
    title: msg('No picture comes from the camera'),
    wayOut: msg(
      'A call or another app may be holding it: it comes back when that ends. If not, open the camera again or choose another one.',
    ),
  },
};

/**
 * Shown in place of the camera picture while there is none: why the app needs the camera, that the
 * browser asks for permission, or why the camera fails and what to do.
 *
 * Events, from a tap: `open-camera`, also to restart a live camera; `other-camera`. Slot `instead`:
 * an alternative that needs no camera.
 */
@customElement('pp-camera-gate')
export class CameraGate extends LitElement {
  @property() accessor state: CameraState = 'idle';
  @property({ attribute: false }) accessor problem: CameraProblem | undefined;
  /** Why a live camera shows no picture. */
  @property() accessor trouble: PictureTrouble | undefined;
  /** Whether there is another camera to switch to. */
  @property({ type: Boolean }) accessor several = false;
  /** Why the camera is needed, in a sentence. */
  @property() accessor purpose = '';

  override render() {
    // The live region exists before its text: screen readers announce only changes of its content.
    return html`<div role="status">${this.#content()}</div>`;
  }

  #content() {
    switch (this.state) {
      case 'live':
        return this.trouble ? this.#trouble(TROUBLE[this.trouble]) : nothing;
      case 'idle':
        return this.#explanation();
      case 'asking':
        return this.#card(html`
          ${icon('capture')}
          <h2>${msg('Opening the camera…')}</h2>
          <p>${msg('If the browser asks, allow it.')}</p>
        `);
      case 'failed':
        return this.#failure();
    }
  }

  #explanation() {
    return this.#card(html`
      ${icon('capture')}
      <h2>${this.purpose}</h2>
      <p>${msg('Your photos stay on this phone. Nothing is sent anywhere.')}</p>
      ${this.#openButton(msg('Use the camera'))} ${this.#instead()}
    `);
  }

  #failure() {
    const kind = this.problem?.kind ?? 'unexpected';
    const { title, wayOut, retry } = cameraAdvice(kind);
    return this.#card(html`
      ${icon('warning')}
      <h2>${title}</h2>
      <p>${wayOut}</p>
      <p>${msg('The photos you have are safe.')}</p>
      ${retry ? this.#openButton(msg('Try again')) : nothing}
      ${kind === 'insecure' ? nothing : this.#instead()}
    `);
  }

  #trouble({ title, wayOut }: { title: string; wayOut: string }) {
    return html`<section class="over" data-state="trouble">
      ${icon('warning')}
      <h2>${title}</h2>
      <p>${wayOut}</p>
      ${this.#openButton(msg('Try again'))}
      ${
        this.several
          ? html`<button
              class="button"
              data-action="other-camera"
              @click=${() => this.dispatchEvent(new Event('other-camera'))}
            >
              ${msg('Other camera')}
            </button>`
          : nothing
      }
    </section>`;
  }

  #card(content: unknown) {
    return html`<section data-state=${this.state}>${content}</section>`;
  }

  #openButton(label: string) {
    return html`<button class="primary" data-action="open-camera" @click=${this.#open}>
      ${label}
    </button>`;
  }

  #instead() {
    return html`<slot name="instead"
      ><a class="button" href="#/photos?import">${msg('Choose photos instead')}</a></slot
    >`;
  }

  #open(): void {
    this.dispatchEvent(new Event('open-camera'));
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        max-height: 100%;
        overflow: hidden auto;
        color-scheme: dark;
        color: var(--on-dark);
        /* On the camera's dark ground in both themes, also what is slotted. */
        --press: #b5a3ff;
        --on-press: #1d1340;
        --card: transparent;
        --ink: var(--on-dark);
        --line: rgb(255 255 255 / 0.28);
      }
      section {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 12px;
        width: min(360px, 100%);
        margin: 0 auto;
        padding: 8px 12px;
        text-align: center;
      }
      section > svg {
        width: 44px;
        height: 44px;
        color: var(--press);
      }
      .over {
        padding: 20px;
        border-radius: var(--radius-card);
        background: rgb(22 19 15 / 0.86);
      }
      section:is([data-state='failed'], [data-state='trouble']) > svg {
        color: #ff8a80;
      }
      h2 {
        font-size: 1.25rem;
        text-wrap: balance;
      }
      p {
        color: var(--on-dark-quiet);
        text-wrap: balance;
      }
      .primary {
        width: 100%;
        margin-top: 8px;
      }
      .button {
        width: 100%;
        min-height: 48px;
      }
      /* A phone in landscape orientation is wide, but not high. */
      @container (orientation: landscape) and (max-height: 500px) {
        section {
          flex-flow: row wrap;
          justify-content: center;
          gap: 8px 12px;
          width: min(440px, 100%);
        }
        section > svg {
          display: none;
        }
        h2,
        p {
          flex: 1 0 100%;
        }
        .primary,
        .button,
        ::slotted([slot='instead']) {
          flex: 1 1 160px;
          width: auto;
          margin-top: 4px;
        }
      }
    `,
  ];
}

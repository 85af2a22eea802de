import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import { reducedMotion } from '../../../platform/reduced-motion.ts';
import type { WrittenModel } from '../../../records/phone-model.ts';
import { keepScreenOn } from '../../../session/wake-lock.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { codeParts, codePartsStyles } from '../code-parts.ts';
import { codesDialogStyles } from './codes-dialog-styles.ts';
import './qr-code.ts';
import { agreementSentence } from './send-sentences.ts';

/**
 * How long a code is shown. A camera takes several pictures of each, and the screen changes less often
 * than flashes three times a second, which is twice for each (WCAG 2.3.1).
 */
const SHOWN_MS = 200;
const SHOWN_SLOWLY_MS = 1_000;

/** What is shown. */
export interface ShownCodes {
  /** Name of the model. */
  readonly name: string;
  readonly codes: readonly string[];
  readonly written: WrittenModel;
}

/** The screen with a model as QR codes that follow one another, for the camera of another phone. */
@customElement('pp-codes-dialog')
export class CodesDialog extends LitElement {
  @state() private accessor shown: ShownCodes | undefined;
  @state() private accessor index = 0;
  @state() private accessor paused = false;
  readonly #dialog = new DialogController(this, {
    onClosed: () => {
      this.#end();
      this.shown = undefined;
    },
  });
  #timer: ReturnType<typeof setInterval> | undefined;
  #letScreenOff: (() => void) | undefined;

  async open(shown: ShownCodes): Promise<void> {
    this.shown = shown;
    this.index = 0;
    this.paused = false;
    await this.#dialog.open();
    this.#letScreenOff ??= keepScreenOn();
    this.#run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  override render() {
    return html`<dialog class="sheet" autofocus aria-labelledby="title">
      ${this.shown ? this.#content(this.shown) : nothing}
    </dialog>`;
  }

  #content({ name, codes, written }: ShownCodes) {
    return html`
      <div class="heading">
        <h2 id="title">${msg(str`${name} as a QR code`)}</h2>
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
      </div>
      <div class="columns">
        <div class="paper">
          <pp-qr-code
            .codes=${codes}
            .index=${this.index}
            .label=${msg(str`QR code of ${name}`)}
          ></pp-qr-code>
        </div>
        <div class="words">
          ${codes.length > 1 ? this.#sequence(codes) : nothing}
          <p class="how">
            ${msg('On the other phone: Models, “Add a model”, “Read a QR code”. Hold its camera so that the code fills the square.')}
          </p>
          <p class="quiet">${agreementSentence(written)}</p>
        </div>
      </div>
    `;
  }

  #sequence({ length }: readonly string[]) {
    const n = wholeNumber(length);
    // A number that changes with each code could not be read.
    const position = this.paused
      ? msg(str`Code ${wholeNumber(this.index + 1)} of ${n}`, { desc: 'one of several QR codes' })
      : plural(length, {
          other: msg(str`${n} codes follow one another, until all are read.`),
        });
    return html`<div class="sequence">
      <div class="position">
        <span>${position}</span>
        ${codeParts(Array.from({ length }, (_, i) => i === this.index))}
      </div>
      <button
        class="round"
        data-action="pause-codes"
        aria-label=${this.paused ? msg('Go on') : msg('Pause')}
        @click=${this.#onPause}
      >
        ${icon(this.paused ? 'play' : 'pause')}
      </button>
    </div>`;
  }

  readonly #onPause = () => {
    this.paused = !this.paused;
    if (this.paused) clearInterval(this.#timer);
    else this.#run();
  };

  #run(): void {
    clearInterval(this.#timer);
    const count = this.shown?.codes.length ?? 0;
    if (count < 2) return;
    this.#timer = setInterval(
      () => {
        this.index = (this.index + 1) % count;
      },
      reducedMotion() ? SHOWN_SLOWLY_MS : SHOWN_MS,
    );
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#letScreenOff?.();
    this.#letScreenOff = undefined;
  }

  /** Browsers send the event a frame later, when the screen may have been opened again. */
  static override styles = [sharedStyles, dialogStyles, codePartsStyles, codesDialogStyles];
}

import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { camera } from '../../../camera/camera-stream.ts';
import { msg } from '../../../i18n/msg.ts';
import { CameraController, hasOtherCamera } from '../../../widgets/camera/camera-controller.ts';
import '../../../widgets/camera/camera-dial.ts';
import '../../../widgets/camera/camera-gate.ts';
import '../../../widgets/camera/camera-row.ts';
import { cameraStyles } from '../../../widgets/camera/camera-styles.ts';
import { FrameWatch } from '../../../widgets/camera/frame-watch.ts';
import '../../../widgets/camera/viewfinder.ts';
import type { Viewfinder } from '../../../widgets/camera/viewfinder.ts';
import { icon } from '../../../ui/icons.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { codeParts, codePartsStyles } from '../code-parts.ts';
import { CodeWatch } from './code-watch.ts';
import { readCodesStyles } from './read-codes-styles.ts';
import { readingSentence } from './read-sentences.ts';

/**
 * The camera, over the whole window while the element is connected, which reads the QR codes of a
 * model from the screen of another phone.
 *
 * Events: `read` with the model file (a Uint8Array) in `detail`; `close`, without it.
 */
@customElement('pp-read-codes')
export class ReadCodes extends LitElement {
  @state() private accessor isOpen = false;
  @query('dialog') private accessor dialog!: HTMLDialogElement;
  @query('pp-viewfinder') private accessor viewfinder!: Viewfinder;
  readonly #camera = new CameraController(this, camera);
  readonly #frames = new FrameWatch(this, camera);
  readonly #codes = new CodeWatch(this, camera, (file) => {
    this.dispatchEvent(new CustomEvent('read', { detail: file }));
  });

  override firstUpdated(): void {
    this.dialog.showModal();
    this.isOpen = true;
  }

  override updated(): void {
    const video = camera.state === 'live' ? this.viewfinder.video : undefined;
    this.#frames.watch(video);
    this.#codes.watch(video);
  }

  override render() {
    const { got } = this.#codes;
    return html`<dialog aria-labelledby="title" @close=${this.#onClose}>
      <pp-viewfinder
        .stream=${camera.stream}
        .mirrored=${camera.mirrored}
        .focuses=${camera.controls?.focuses ?? false}
        @zoom-by=${this.#camera.zoomBy}
        @focus-at=${this.#camera.focusAt}
      >
        <pp-camera-row slot="top" .camera=${camera}>
          <button
            slot="start"
            class="round"
            data-action="close-reader"
            aria-label=${msg('Close')}
            @click=${this.#close}
          >
            ${icon('close')}
          </button>
        </pp-camera-row>
        <pp-camera-gate
          purpose=${msg('Purrceptron needs the camera to read the QR code')}
          .state=${camera.state}
          .problem=${camera.problem}
          .trouble=${this.#frames.trouble}
          .several=${hasOtherCamera(camera)}
          @open-camera=${() => this.#camera.open()}
          @other-camera=${() => void camera.flip()}
        >
          <button slot="instead" @click=${this.#close}>${msg('Choose the file instead')}</button>
        </pp-camera-gate>
        <pp-camera-dial
          .camera=${camera}
          ?hidden=${this.#frames.trouble !== undefined}
        ></pp-camera-dial>
        <section slot="bottom" class="panel" aria-labelledby="title">
          <h2 id="title">${msg('Read a QR code')}</h2>
          ${got.length > 0 ? codeParts(got) : nothing}
          <p role="status" data-codes=${`${got.filter(Boolean).length}/${got.length}`}>
            ${this.isOpen ? readingSentence(this.#codes) : nothing}
          </p>
        </section>
      </pp-viewfinder>
    </dialog>`;
  }

  readonly #close = () => {
    this.dialog.close();
  };

  readonly #onClose = () => {
    this.dispatchEvent(new Event('close'));
  };

  static override styles = [sharedStyles, cameraStyles, codePartsStyles, readCodesStyles];
}

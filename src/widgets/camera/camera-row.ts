import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CameraStream } from '../../camera/camera-stream.ts';
import { msg } from '../../i18n/msg.ts';
import { cameraStyles } from './camera-styles.ts';
import { hasOtherCamera } from './camera-controller.ts';
import { icon } from '../../ui/icons.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/**
 * The row at the top of a viewfinder: a button for the torch and one for the other camera, if the
 * device has them. The default slot is for a pill between them, slot `start` for a button beside
 * the torch.
 */
@customElement('pp-camera-row')
export class CameraRow extends LitElement {
  @property({ attribute: false }) accessor camera!: CameraStream;
  readonly #onChange = () => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.camera.addEventListener('change', this.#onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.camera.removeEventListener('change', this.#onChange);
  }

  override render() {
    return html`<div class="camera-row">
      <span class="start"><slot name="start"></slot>${this.#torch()}</span>
      <span class="middle"><slot></slot></span>
      <span class="end">${this.#flip()}</span>
    </div>`;
  }

  #torch() {
    const { controls } = this.camera;
    if (!controls || controls.torch === 'none') return nothing;
    const on = controls.torch === 'on';
    const light = msg('Light', { id: 'camera-light', desc: 'button: the lamp beside the camera' });
    return html`<button
      class="round"
      aria-label=${light}
      title=${light}
      data-action="torch"
      aria-pressed=${on}
      @click=${() => this.#setTorch(!on)}
    >
      ${icon(on ? 'torch-on' : 'torch')}
    </button>`;
  }

  #flip() {
    if (this.camera.state !== 'live' || !hasOtherCamera(this.camera)) return nothing;
    return html`<button
      class="round"
      aria-label=${msg('Other camera')}
      title=${msg('Other camera')}
      data-action="flip"
      @click=${() => void this.camera.flip()}
    >
      ${icon('flip')}
    </button>`;
  }

  async #setTorch(on: boolean): Promise<void> {
    try {
      await this.camera.controls?.setTorch(on);
    } catch {
      notify(this, { text: msg('The light cannot be switched just now.'), tone: 'wrong' });
    }
  }

  static override styles = [sharedStyles, cameraStyles];
}

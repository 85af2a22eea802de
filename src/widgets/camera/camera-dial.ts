import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CameraStream } from '../../camera/camera-stream.ts';
import type { TrackControls, Zoom } from '../../camera/track-controls.ts';
import { msg, str } from '../../i18n/msg.ts';
import { cameraStyles } from './camera-styles.ts';
import { icon } from '../../ui/icons.ts';
import type { LensSheet } from './lens-sheet.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { times, zoomSteps } from './zoom-steps.ts';

/**
 * The controls that the live camera supports: zoom, with a slider on demand; the lens, if there are
 * several; and focus, for users who cannot tap on the picture.
 */
@customElement('pp-camera-dial')
export class CameraDial extends LitElement {
  @property({ attribute: false }) accessor camera!: CameraStream;
  @state() private accessor open = false;
  @query('pp-lens-sheet') private accessor lensSheet!: LensSheet;
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
    this.open = false;
  }

  override render() {
    const { controls } = this.camera;
    if (this.camera.state !== 'live' || !controls) return nothing;
    const { zoom } = controls;
    return html`
      ${zoom && this.open ? this.#slider(controls, zoom) : nothing}
      <div class="dial">
        ${zoom ? this.#zoomButton(zoom) : nothing} ${this.#lensButton()}
        ${controls.focuses ? this.#focusButton(controls) : nothing}
      </div>
      <pp-lens-sheet
        .lenses=${this.camera.lenses}
        .lensId=${this.camera.lensId}
        @lens=${(event: CustomEvent<string>) => void this.camera.useLens(event.detail)}
      ></pp-lens-sheet>
    `;
  }

  #zoomButton({ level }: Zoom) {
    const factor = times(level);
    return html`<button
      class="pill"
      data-action="zoom"
      aria-expanded=${this.open}
      aria-label=${msg(str`Zoom, ${factor}`)}
      @click=${() => (this.open = !this.open)}
    >
      ${factor}
    </button>`;
  }

  #slider(controls: TrackControls, { min, max, step, level }: Zoom) {
    return html`<div class="slider" role="group" aria-label=${msg('Zoom')} @keydown=${this.#onKey}>
      <div class="steps">
        ${zoomSteps({ min, max }).map(
          (zoomStep) =>
            html`<button
              class="step"
              aria-pressed=${Math.abs(level - zoomStep) < step / 2}
              @click=${() => this.#zoom(controls, zoomStep)}
            >
              ${times(zoomStep)}
            </button>`,
        )}
      </div>
      <input
        type="range"
        aria-label=${msg('Zoom')}
        aria-valuetext=${times(level)}
        min=${min}
        max=${max}
        step=${step}
        .value=${String(level)}
        @input=${(event: Event) => this.#zoom(controls, (event.target as HTMLInputElement).valueAsNumber)}
      />
    </div>`;
  }

  #lensButton() {
    const { lenses, lensId } = this.camera;
    if (lenses.length < 2) return nothing;
    const name = lenses.find(({ deviceId }) => deviceId === lensId)?.name ?? msg('Lens');
    return html`<button
      class="pill"
      data-action="lens"
      aria-haspopup="dialog"
      aria-label=${msg(str`Lens: ${name}`)}
      @click=${this.#openLenses}
    >
      ${icon('lens')} <span>${name}</span>
    </button>`;
  }

  readonly #openLenses = async () => {
    // Only phones with several lenses need its code.
    await import('./lens-sheet.ts');
    this.lensSheet.open();
  };

  #focusButton(controls: TrackControls) {
    return html`<button
      class="pill"
      data-action="focus"
      aria-label=${msg('Focus on the middle')}
      title=${msg('Focus on the middle')}
      @click=${() => this.#try(controls.focusAt(0.5, 0.5), msg('The camera does not focus just now.'))}
    >
      ${icon('focus')}
    </button>`;
  }

  #zoom(controls: TrackControls, level: number): void {
    void this.#try(controls.zoomTo(level), msg('The camera does not zoom just now.'));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('[data-action="zoom"]')?.focus();
  }

  async #try(change: Promise<void>, failure: string): Promise<void> {
    try {
      await change;
    } catch {
      // If the camera has ended meanwhile, the gate reports that.
      if (this.camera.state === 'live') notify(this, { text: failure, tone: 'wrong' });
    }
  }

  static override styles = [
    sharedStyles,
    cameraStyles,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: 8px;
        pointer-events: none;
      }
      .dial {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 8px;
        max-width: 100%;
      }
      button,
      .slider,
      pp-lens-sheet {
        pointer-events: auto;
      }
      .pill {
        min-width: 44px;
        justify-content: center;
        gap: 6px;
        padding: 6px 14px;
      }
      .pill span {
        overflow: hidden;
        max-width: 130px;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .pill svg {
        flex: none;
        width: 20px;
        height: 20px;
      }
      .slider {
        display: grid;
        gap: 4px;
        width: min(300px, 100%);
        padding: 8px 16px 10px;
        border-radius: 24px;
        background: rgb(22 19 15 / 0.86);
      }
      .steps {
        display: flex;
        justify-content: space-between;
      }
      .step {
        min-width: 44px;
        padding: 0 10px;
        border: 0;
        background: transparent;
        color: var(--on-dark-quiet);
        font-variant-numeric: tabular-nums;
      }
      .step[aria-pressed='true'] {
        background: var(--on-dark);
        color: var(--dark);
      }
      input {
        width: 100%;
        height: 44px;
        margin: 0;
        accent-color: #b5a3ff;
        color-scheme: dark;
        touch-action: none;
      }
      :focus-visible {
        outline-color: var(--on-dark);
      }
    `,
  ];
}

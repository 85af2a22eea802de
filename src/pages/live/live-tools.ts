import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import { icon, type IconName } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/** The buttons of the row; `freeze` and `camera` are the same button in different states. */
export type LiveTool = 'freeze' | 'camera' | 'photo' | 'heat-map' | 'frame' | 'details';

/**
 * The actions for the picture: freeze it or return to the camera, open a photo instead, show the
 * heat map, frame the animal, show the speed of the answers.
 *
 * Event: `tool`, with the LiveTool in `detail`.
 */
@customElement('pp-live-tools')
export class LiveTools extends LitElement {
  /** Whether a still picture is shown. */
  @property({ type: Boolean }) accessor still = false;
  /** Whether there is a camera picture to freeze. */
  @property({ type: Boolean }) accessor live = false;
  @property({ type: Boolean }) accessor heatMap = false;
  /** Whether the base can say where the animal is. */
  @property({ type: Boolean }) accessor finds = false;
  @property({ type: Boolean }) accessor frame = false;
  @property({ type: Boolean }) accessor details = false;

  override render() {
    return html`<div role="group" aria-label=${msg('Picture')}>
      ${
        this.still
          ? this.#button('camera', 'capture', msg('Camera'), { name: msg('Back to the camera') })
          : this.#button('freeze', 'pause', msg('Freeze'), {
              name: msg('Freeze the picture'),
              disabled: !this.live,
            })
      }
      ${this.#button('photo', 'picture', msg('Photo'), { name: msg('Photo: ask about one from this phone') })}
      ${this.#button('heat-map', 'heat-map', msg('Heat map'), {
        name: msg('Heat map: what speaks for the answer'),
        pressed: this.heatMap,
      })}
      ${
        this.finds
          ? this.#button(
              'frame',
              'frame',
              msg('Frame', { desc: 'button: mark where the animal is' }),
              {
                name: msg('Frame: where the animal is'),
                pressed: this.frame,
              },
            )
          : nothing
      }
      ${this.#button('details', 'info', msg('Details'), {
        name: msg('Details: how fast the answers come'),
        pressed: this.details,
      })}
    </div>`;
  }

  #button(
    tool: LiveTool,
    iconName: IconName,
    word: string,
    { name, pressed, disabled = false }: { name: string; pressed?: boolean; disabled?: boolean },
  ) {
    // Lit reuses the first button for Freeze and Camera, so the keyboard focus stays on it.
    return html`<button
      data-action=${tool}
      aria-label=${name}
      aria-pressed=${pressed ?? nothing}
      ?disabled=${disabled}
      @click=${() => this.dispatchEvent(new CustomEvent<LiveTool>('tool', { detail: tool }))}
    >
      ${icon(iconName)}<span>${word}</span>
    </button>`;
  }

  static override styles = [
    sharedStyles,
    css`
      [role='group'] {
        display: grid;
        grid-auto-columns: minmax(0, 1fr);
        grid-auto-flow: column;
        gap: 8px;
      }
      button {
        flex-direction: column;
        gap: 2px;
        min-height: 52px;
        padding: 5px 4px 6px;
        border: 0;
        border-radius: 18px;
        background: var(--tool, rgb(22 19 15 / 0.72));
        color: var(--tool-ink, var(--on-dark));
        font-size: 0.75rem;
        line-height: 1.15;
      }
      svg {
        width: 22px;
        height: 22px;
      }
      [aria-pressed='true'] {
        background: var(--tool-on, var(--on-dark));
        color: var(--tool-on-ink, var(--dark));
      }
      :focus-visible {
        outline-color: var(--tool-ink, var(--on-dark));
      }
    `,
  ];
}

import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { choiceStyles } from '../../ui/choice-styles.ts';
import { DialogController } from '../../ui/dialog-controller.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { switchStyles } from '../../ui/switch-styles.ts';
import './expert-panel.ts';
import type { BaseNote, ExpertPanel } from './expert-panel.ts';
import { FINE_TUNING_WORDS, PRESET_WORDS } from './train-sentences.ts';
import type { Preset } from '../../session/training-run.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { TunableBlock } from '../../records/summary.ts';

const PRESET_NAMES = Object.keys(PRESET_WORDS) as Preset[];

/**
 * The dialog for training options. Each choice is effective at once.
 *
 * Events: `options`, with the new TrainOptions in `detail`; `base`, with a BaseChoice in `detail`.
 */
@customElement('pp-options-dialog')
export class OptionsDialog extends LitElement {
  @property({ attribute: false }) accessor options: TrainOptions = { preset: 'quick' };
  @property({ attribute: false }) accessor info: EngineInfo | undefined;
  @property({ attribute: false }) accessor blocks: readonly TunableBlock[] = [];
  /** Whether the base can be fine-tuned. */
  @property({ type: Boolean }) accessor tunable = true;
  @property({ attribute: false }) accessor baseNote: BaseNote | undefined;
  @query('pp-expert-panel') private accessor expert!: ExpertPanel;
  readonly #dialog = new DialogController(this, { onClosed: () => this.expert.reset() });

  open(): void {
    void this.#dialog.open();
  }

  override render() {
    return html`<dialog class="sheet" autofocus aria-labelledby="title">
      <div class="heading">
        <h2 id="title">${msg('How to train')}</h2>
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
      </div>
      <div class="choices" role="radiogroup" aria-labelledby="title">
        ${PRESET_NAMES.map((name) => this.#choice(name))}
      </div>
      ${this.#fineTuning()}
      <pp-expert-panel
        .options=${this.options}
        .info=${this.info}
        .blocks=${this.blocks}
        .baseNote=${this.baseNote}
        @options=${(event: CustomEvent<TrainOptions>) => this.#send(event.detail)}
        @base=${(event: CustomEvent) =>
          this.dispatchEvent(new CustomEvent('base', { detail: event.detail as unknown }))}
      ></pp-expert-panel>
      <button class="primary" @click=${this.#onDone}>${msg('Done')}</button>
    </dialog>`;
  }

  #choice(name: Preset) {
    const { title, sentence } = PRESET_WORDS[name];
    return html`<label>
      <input
        type="radio"
        name="preset"
        value=${name}
        data-preset=${name}
        .checked=${this.options.preset === name}
        @change=${() => {
          // A new preset replaces all numbers.
          this.expert.reset();
          this.#send({ preset: name });
        }}
      />
      <span><strong>${title}</strong><span class="quiet">${sentence}</span></span>
    </label>`;
  }

  #fineTuning() {
    const { title, sentence, impossible } = FINE_TUNING_WORDS;
    const { fineTuning } = this.options;
    return html`<label class="switch" data-disabled=${!this.tunable}>
      <span
        ><strong>${title}</strong
        ><span class="quiet">${this.tunable ? sentence : impossible}</span></span
      >
      <input
        type="checkbox"
        role="switch"
        data-option="fine-tuning"
        .checked=${this.tunable && fineTuning !== undefined && fineTuning !== false}
        ?disabled=${!this.tunable}
        @change=${(event: Event) =>
          this.#send({ ...this.options, fineTuning: (event.target as HTMLInputElement).checked })}
      />
    </label>`;
  }

  #send(options: TrainOptions): void {
    this.dispatchEvent(new CustomEvent<TrainOptions>('options', { detail: options }));
  }

  readonly #onDone = () => {
    if (!this.expert.showFault()) this.#dialog.close();
  };

  static override styles = [
    sharedStyles,
    dialogStyles,
    choiceStyles,
    switchStyles,
    css`
      .choices {
        margin: 12px 0;
      }
      .switch {
        margin-bottom: 12px;
      }
      .primary {
        width: 100%;
      }
      @container (min-width: 840px) {
        dialog.sheet {
          width: 560px;
        }
      }
    `,
  ];
}

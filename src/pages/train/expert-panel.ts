import { html, LitElement, nothing } from 'lit';
import { customElement, property, queryAll } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { fieldStyles } from '../../ui/field-styles.ts';
import { icon } from '../../ui/icons.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { switchStyles } from '../../ui/switch-styles.ts';
import {
  augmentationOf,
  AUGMENTATIONS,
  fromLayerOf,
  hasChoices,
  HEAD_FIELDS,
  numberOf,
  TUNING_FIELDS,
  withAugmentation,
  withClassWeights,
  withFromLayer,
  withNumber,
  withoutChoices,
  type Augmentation,
  type NumberField as Field,
} from './expert-fields.ts';
import { expertPanelStyles } from './expert-panel-styles.ts';
import './number-field.ts';
import type { NumberField } from './number-field.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { TunableBlock } from '../../records/summary.ts';

/** A base model and its input size, as one choice. */
export interface BaseChoice {
  readonly id: string;
  /** Width and height of the input in pixels. */
  readonly size: number;
}

/** A message about a change of the base model. */
export interface BaseNote {
  readonly text: string;
  /** The change is in progress. */
  readonly busy?: true;
  /** The change has failed. */
  readonly wrong?: true;
}

/**
 * All options of a training, each with its technical term and an explanation.
 *
 * Events: `options`, with the new TrainOptions in `detail`; `base`, with a BaseChoice in `detail`.
 */
@customElement('pp-expert-panel')
export class ExpertPanel extends LitElement {
  @property({ attribute: false }) accessor options: TrainOptions = { preset: 'quick' };
  @property({ attribute: false }) accessor info: EngineInfo | undefined;
  /** The blocks from which the base can be fine-tuned. */
  @property({ attribute: false }) accessor blocks: readonly TunableBlock[] = [];
  @property({ attribute: false }) accessor baseNote: BaseNote | undefined;
  @queryAll('pp-number-field') private accessor fields!: NodeListOf<NumberField>;

  /** Moves the focus to the first invalid field. @returns whether there is one */
  showFault(): boolean {
    const invalid = [...this.fields].find((field) => field.showFault());
    if (invalid) this.renderRoot.querySelector('details')!.open = true;
    return invalid?.showFault() ?? false;
  }

  /** Discards invalid values in the fields. */
  reset(): void {
    for (const field of this.fields) field.reset();
  }

  override render() {
    const tunes = this.options.fineTuning !== undefined && this.options.fineTuning !== false;
    return html`<details>
      <summary>
        <span
          ><strong>${msg('Expert')}</strong>
          <span class="quiet">${msg('Every number of the training')}</span></span
        >
        ${icon('back')}
      </summary>
      <div class="fields">
        ${this.#base()} ${HEAD_FIELDS.map((field) => this.#number(field))} ${this.#augmentation()}
        ${this.#classWeights()}
        ${tunes ? [this.#block(), ...TUNING_FIELDS.map((field) => this.#number(field))] : nothing}
      </div>
      <button
        data-action="defaults"
        ?disabled=${!hasChoices(this.options)}
        @click=${() => {
          this.reset();
          this.#send(withoutChoices(this.options));
        }}
      >
        ${msg('Back to the defaults')}
      </button>
    </details>`;
  }

  #number({ name, title, sentence }: Field) {
    return html`<pp-number-field
      .name=${name}
      .heading=${title}
      .sentence=${sentence}
      .value=${numberOf(this.options, name)}
      @number=${(event: CustomEvent<number>) =>
        this.#send(withNumber(this.options, name, event.detail))}
    ></pp-number-field>`;
  }

  #base() {
    const { info } = this;
    if (!info) return nothing;
    const choices = info.bases.flatMap((base) => base.inputSizes.map((size) => ({ base, size })));
    const isUsed = (id: string, size: number) => info.base.id === id && info.inputSize === size;
    return html`<label class="field wide">
      <span>${msg('Base model')}</span>
      <span class="quiet"
        >${msg('The network that has seen many pictures already. With another one, your photos are prepared again.')}</span
      >
      <select
        data-option="base"
        ?disabled=${this.baseNote?.busy === true || choices.length < 2}
        @change=${(event: Event) => {
          const { base, size } = choices[(event.target as HTMLSelectElement).selectedIndex]!;
          this.dispatchEvent(
            new CustomEvent<BaseChoice>('base', { detail: { id: base.id, size } }),
          );
        }}
      >
        ${choices.map(
          ({ base, size }) =>
            html`<option .selected=${isUsed(base.id, size)}>${baseWords(base.name, size)}</option>`,
        )}
      </select>
      <span class="note" role="status" data-wrong=${this.baseNote?.wrong === true}
        >${this.baseNote?.text}</span
      >
    </label>`;
  }

  #augmentation() {
    const chosen = augmentationOf(this.options);
    return html`<label class="field wide">
      <span>${msg('Augmentation')}</span>
      <span class="quiet"
        >${msg('Your photos in other ways too, so that it learns what does not matter.')}</span
      >
      <select
        data-option="augmentation"
        @change=${(event: Event) => {
          const value = (event.target as HTMLSelectElement).value as Augmentation;
          this.#send(withAugmentation(this.options, value));
        }}
      >
        ${Object.entries(AUGMENTATIONS).map(
          ([value, words]) =>
            html`<option value=${value} .selected=${value === chosen}>${words}</option>`,
        )}
      </select>
    </label>`;
  }

  #classWeights() {
    return html`<label class="switch wide">
      <span
        ><strong>${msg('Class weights')}</strong
        ><span class="quiet"
          >${msg('Photos of a kind that you have few of count more, so that each kind counts the same.')}</span
        ></span
      >
      <input
        type="checkbox"
        role="switch"
        data-option="class-weights"
        .checked=${this.options.hyperparameters?.classWeights === 'balanced'}
        @change=${(event: Event) =>
          this.#send(withClassWeights(this.options, (event.target as HTMLInputElement).checked))}
      />
    </label>`;
  }

  #block() {
    const defaultLayer = this.blocks.find(({ isDefault }) => isDefault)?.layer;
    const chosen = fromLayerOf(this.options) ?? defaultLayer;
    return html`<label class="field wide">
      <span>${msg('Fine-tune from')}</span>
      <span class="quiet"
        >${msg('The first block of the base that learns, and how many parameters then do; those before it stay frozen.')}</span
      >
      <select
        data-option="from-layer"
        ?disabled=${this.blocks.length === 0}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const layer = value === defaultLayer ? undefined : value;
          this.#send(withFromLayer(this.options, layer));
        }}
      >
        ${this.blocks.map(
          (block) =>
            html`<option value=${block.layer} .selected=${block.layer === chosen}>
              ${blockWords(block)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #send(options: TrainOptions): void {
    this.dispatchEvent(new CustomEvent<TrainOptions>('options', { detail: options }));
  }

  static override styles = [sharedStyles, fieldStyles, switchStyles, expertPanelStyles];
}

function baseWords(name: string, size: number): string {
  return msg(str`${name}, ${size} px`, { desc: 'a base model, and the size of its pictures' });
}

/**
 * Name of the first block that is fine-tuned, and the number of parameters that are then trained.
 */
function blockWords({ name, parameters, isDefault }: TunableBlock): string {
  const count = wholeNumber(parameters);
  return isDefault
    ? msg(str`${name}: ${count} learn (default)`, {
        desc: 'a block of the base model, and how many parameters learn from there on',
      })
    : msg(str`${name}: ${count} learn`, {
        desc: 'a block of the base model, and how many parameters learn from there on',
      });
}

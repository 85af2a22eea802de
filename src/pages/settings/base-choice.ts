import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { learning } from '../../session/learning.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import { choiceStyles } from '../../ui/choice-styles.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { notify } from '../../ui/notice.ts';

/** The choice of the base model and its input size; renders nothing if there is only one. */
@customElement('pp-base-choice')
export class BaseChoice extends LitElement {
  @property({ attribute: false }) accessor info!: EngineInfo;
  /** The key of the choice that the engine changes to. */
  @state() private accessor changingTo: string | undefined;

  override render() {
    const choices = this.info.bases.flatMap((base) =>
      base.inputSizes.map((size) => ({ base, size })),
    );
    if (choices.length < 2) return nothing;
    return html`<fieldset class="choices" ?disabled=${this.changingTo !== undefined}>
      <legend class="visually-hidden">${msg('The base to use')}</legend>
      ${choices.map(({ base, size }) => this.#choice(base, size))}
    </fieldset>`;
  }

  #choice(base: BaseSpec, size: number) {
    const { info } = this;
    const key = keyOf(base.id, size);
    return html`<label>
      <input
        type="radio"
        name="base"
        data-base=${key}
        .checked=${live(key === (this.changingTo ?? keyOf(info.base.id, info.inputSize)))}
        @change=${() => this.#use(base, size)}
      />
      <span>
        <strong>${base.name}</strong>
        <span class="quiet">${sizeWords(base, size)}</span>
      </span>
    </label>`;
  }

  async #use(base: BaseSpec, size: number): Promise<void> {
    this.changingTo = keyOf(base.id, size);
    try {
      await learning.useBase(base.id, size);
      notify(this, {
        text: msg('Your photos are being prepared again. Train again to use this base.'),
      });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    } finally {
      this.changingTo = undefined;
    }
  }

  static override styles = [sharedStyles, choiceStyles];
}

const keyOf = (baseId: string, size: number) => `${baseId}@${size}`;

function sizeWords({ inputSizes }: BaseSpec, size: number): string {
  const side = wholeNumber(size);
  if (inputSizes.length < 2) return msg(str`Looks at ${side} × ${side} pixels`);
  return size === Math.min(...inputSizes)
    ? msg(str`Looks at ${side} × ${side} pixels, faster`)
    : msg(str`Looks at ${side} × ${side} pixels, sees finer detail`);
}

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
  @state() private accessor switching = false;

  override render() {
    const choices = this.info.bases.flatMap((base) =>
      base.inputSizes.map((size) => ({ base, size })),
    );
    if (choices.length < 2) return nothing;
    return html`<fieldset class="choices" ?disabled=${this.switching}>
      <legend class="visually-hidden">${msg('The base to use')}</legend>
      ${choices.map(({ base, size }) => this.#choice(base, size))}
    </fieldset>`;
  }

  #choice(base: BaseSpec, size: number) {
    const { info } = this;
    return html`<label>
      <input
        type="radio"
        name="base"
        data-base="${base.id}@${size}"
        .checked=${live(info.base.id === base.id && info.inputSize === size)}
        @change=${() => this.#use(base, size)}
      />
      <span>
        <strong>${base.name}</strong>
        <span class="quiet">${sizeWords(base, size)}</span>
      </span>
    </label>`;
  }

  async #use(base: BaseSpec, size: number): Promise<void> {
    this.switching = true;
    try {
      await learning.useBase(base.id, size);
      notify(this, {
        text: msg('Your photos are being prepared again. Train again to use this base.'),
      });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    } finally {
      this.switching = false;
    }
  }

  static override styles = [sharedStyles, choiceStyles];
}

function sizeWords({ inputSizes }: BaseSpec, size: number): string {
  const side = wholeNumber(size);
  if (inputSizes.length < 2) return msg(str`Looks at ${side} × ${side} pixels`);
  return size === Math.min(...inputSizes)
    ? msg(str`Looks at ${side} × ${side} pixels, faster`)
    : msg(str`Looks at ${side} × ${side} pixels, sees finer detail`);
}

import { html, nothing } from 'lit';
import { msg } from '../../../i18n/msg.ts';
import { numberToEdit } from '../../../i18n/parse-number.ts';
import type { BaseInspection } from '../../../records/base-inspection.ts';
import { MODE_WORDS, suggestedName } from './add-model-words.ts';

const EXAMPLE_LICENCE = 'Apache-2.0';

/** Fields for what the files of a model do not say: `name`, `size` if any is possible, `mode`, `licence`. */
export function factFields(found: BaseInspection) {
  const acceptsAnySize = found.facts.ownSize === undefined;
  return html`
    <label class="field">
      ${msg('Name')}
      <input name="name" required maxlength="40" .value=${suggestedName(found)} />
    </label>
    ${
      acceptsAnySize
        ? html`<label class="field">
            ${msg('Input size in pixels')}
            <input
              name="size"
              inputmode="numeric"
              autocomplete="off"
              required
              .value=${numberToEdit(found.inputSizes[0]!)}
            />
          </label>`
        : nothing
    }
    <label class="field">
      ${msg('How it wants its pictures')}
      <select name="mode">
        ${MODE_WORDS.map(
          ([mode, words]) =>
            html`<option value=${mode} ?selected=${mode === found.mode}>${words}</option>`,
        )}
      </select>
    </label>
    <p class="quiet">
      ${msg('Guessed from its name and its layers. The wrong choice makes the features worse, not the app.')}
    </p>
    <label class="field">
      ${msg('Licence, if you know it')}
      <input name="licence" maxlength="40" autocomplete="off" placeholder=${EXAMPLE_LICENCE} />
    </label>
  `;
}

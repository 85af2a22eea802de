import { html, nothing } from 'lit';
import { msg, str } from '../../../i18n/msg.ts';
import type { BaseInspection } from '../../../records/base-inspection.ts';
import { wholeNumber } from '../../../ui/phrases.ts';

/** Longest text of a field: a name that is too long is refused with a sentence. */
const MAX_LENGTH = 80;

/** A field for the name of each class, `name="class"`, with the names that the files state. */
export function classNameFields({ classes, labels }: NonNullable<BaseInspection['classifier']>) {
  const names = Array.from({ length: classes }, (_, i) => labels?.[i]?.slice(0, MAX_LENGTH) ?? '');
  return html`<fieldset data-class-names>
    <legend>${msg('Its classes')}</legend>
    ${
      labels
        ? nothing
        : html`<p class="quiet">
            ${msg('The files do not name them. Name them in the order in which it was trained.')}
          </p>`
    }
    ${names.map((name, i) => {
      const number = wholeNumber(i + 1);
      return html`<label class="field">
        ${msg(str`Class ${number}`, { desc: 'a number, as in “Class 1”' })}
        <input name="class" required maxlength=${MAX_LENGTH} autocomplete="off" .value=${name} />
      </label>`;
    })}
  </fieldset>`;
}

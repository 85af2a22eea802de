import { html } from 'lit';
import { msg, str } from '../../../i18n/msg.ts';
import { wholeNumber } from '../../../ui/phrases.ts';

/** Longest text of a field: a name that is too long is refused with a sentence. */
const MAX_LENGTH = 80;

/** The names of the classes of a model, in the order of its outputs. */
export interface ClassNames {
  readonly names: readonly string[];
  /** Where they are from: the files, the classes of the library, or numbers. */
  readonly from: 'files' | 'library' | 'numbers';
}

/**
 * Names for the classes of a model whose files state none: those of the library, if it has as many.
 *
 * @param library names of its classes
 */
export function guessedNames(classes: number, library: readonly string[]): ClassNames {
  // By code points, as Python sorts the folders of a data set.
  if (library.length === classes) return { names: library.toSorted(compare), from: 'library' };
  const names = Array.from({ length: classes }, (_, i) => numbered(i));
  return { names, from: 'numbers' };
}

/** A field for the name of each class, `name="class"`. */
export function classNameFields({ names, from }: ClassNames) {
  return names.map(
    (name, i) =>
      html`<label class="field">
        ${numbered(i)}
        <input
          name="class"
          required
          maxlength=${MAX_LENGTH}
          autocomplete="off"
          .value=${name.slice(0, MAX_LENGTH)}
          @focus=${({ target }: Event) => {
            // What is guessed is typed over.
            if (from !== 'files') (target as HTMLInputElement).select();
          }}
        />
      </label>`,
  );
}

function numbered(index: number): string {
  const number = wholeNumber(index + 1);
  return msg(str`Class ${number}`, { desc: 'a number, as in “Class 1”' });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { msg, str } from '../../../i18n/msg.ts';
import { parseNumber } from '../../../i18n/parse-number.ts';
import { listedNames } from '../../../platform/listed-names.ts';
import { Problem } from '../../../platform/problem.ts';
import type { BaseAnswers, BaseInspection } from '../../../records/base-inspection.ts';
import { factRows } from '../../../ui/fact-rows.ts';
import { fieldStyles } from '../../../ui/field-styles.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { addModelStyles } from './add-model-styles.ts';
import { classifierSentence, foundRows, namesSentence } from './add-model-words.ts';
import { classNameFields, guessedNames, type ClassNames } from './class-name-fields.ts';
import { factFields } from './fact-fields.ts';
import { textOf } from './form-text.ts';

/** Bytes of the largest list of names that is read. */
const MAX_BYTES = 1_000_000;

/** What the person answers about a model that was found. */
export interface FoundAnswers {
  readonly answers: BaseAnswers;
  /** A name for each class of a classifier; absent if only its base is wanted. */
  readonly labels?: readonly string[];
}

/**
 * What was found in the files of a model, and the form for what they do not say. A classifier whose
 * files name no classes gets the names of the library's, or numbers, and takes them from a file too.
 *
 * Event: `answers` with FoundAnswers in `detail`.
 */
@customElement('pp-found-model')
export class FoundModel extends LitElement {
  @property({ attribute: false }) accessor found!: BaseInspection;
  /** Names of the classes of the library. */
  @property({ attribute: false }) accessor library: readonly string[] = [];
  /** Why it could not be added. */
  @property({ attribute: false }) accessor problem: Problem | undefined;
  /** Whether only the base of a classifier is wanted. */
  @state() private accessor baseOnly = false;
  /** From a file that was chosen for them. */
  @state() private accessor listed: readonly string[] | undefined;
  @state() private accessor listProblem: Problem | undefined;
  @query('[data-names-file]') private accessor namesInput!: HTMLInputElement;
  @query('[data-problem]') private accessor alert!: HTMLElement;

  override render() {
    const { found } = this;
    const sentence = classifierSentence(found);
    return html`<form class="body" @submit=${this.#onSubmit}>
      ${factRows(foundRows(found))} ${sentence ? html`<p data-classifier>${sentence}</p>` : nothing}
      ${this.#classes()} ${factFields(found)}
      <p class="wrong" role="alert" data-problem>${this.problem?.message ?? ''}</p>
      <button class="primary" data-action="add-model">${msg('Add')}</button>
    </form>`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    // The form is longer than a phone's screen.
    if (changed.has('problem') && this.problem) this.alert.scrollIntoView({ block: 'center' });
  }

  /** The names of the classes, and whether they are wanted. */
  #classes() {
    const { classifier } = this.found;
    if (!classifier) return nothing;
    return html`
      ${this.baseOnly ? nothing : this.#names(classifier)}
      <label class="check">
        <input
          type="checkbox"
          name="base-only"
          .checked=${this.baseOnly}
          @change=${({ target }: Event) => (this.baseOnly = (target as HTMLInputElement).checked)}
        />
        ${msg('Take only its base, and leave its classes out')}
      </label>
    `;
  }

  #names(classifier: NonNullable<BaseInspection['classifier']>) {
    const stated = this.listed ?? classifier.labels;
    const names: ClassNames = stated
      ? { names: stated, from: 'files' }
      : guessedNames(classifier.classes, this.library);
    return html`<fieldset data-class-names=${names.from}>
      <legend>${msg('Its classes')}</legend>
      ${stated ? nothing : html`<p class="quiet">${namesSentence(classifier, names.from)}</p>`}
      ${keyed(this.listed, classNameFields(names))}
      ${
        classifier.labels
          ? nothing
          : html`<button type="button" @click=${() => this.namesInput.click()}>
                ${msg('Take the names from a file')}
              </button>
              <input
                type="file"
                hidden
                data-names-file
                accept=".txt,.json,text/plain,application/json"
                @change=${this.#onNamesFile}
              />`
      }
      <p class="wrong" role="alert" data-names-problem>${this.listProblem?.message ?? ''}</p>
    </fieldset>`;
  }

  readonly #onNamesFile = async ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    // Otherwise choosing the same file again sends no `change` event.
    input.value = '';
    if (!file) return;
    this.listProblem = undefined;
    try {
      this.listed = await this.#namesOf(file);
    } catch (thrown) {
      this.listProblem = Problem.from(thrown);
    }
  };

  /** @throws Problem `names` when a file does not list as many names as the model has classes */
  async #namesOf(file: File): Promise<readonly string[]> {
    const { classes } = this.found.classifier!;
    const bytes = await file
      .slice(0, MAX_BYTES)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw new Problem('names', msg(str`${file.name} could not be read.`), { cause });
      });
    const names = listedNames(file.name, new Uint8Array(bytes)) ?? [];
    if (names.length === classes) return names;
    const [count, wanted] = [wholeNumber(names.length), wholeNumber(classes)];
    throw new Problem(
      'names',
      msg(
        str`${file.name} does not have a name for each class: it lists ${count}, and the model tells ${wanted} apart.`,
        { desc: 'the name of a file, and two numbers' },
      ),
    );
  }

  readonly #onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const size = textOf(event, 'size');
    const names = new FormData(event.target as HTMLFormElement).getAll('class');
    const labels = names.filter((name) => typeof name === 'string');
    const answers = {
      name: textOf(event, 'name'),
      mode: textOf(event, 'mode') as BaseAnswers['mode'],
      licence: textOf(event, 'licence'),
      // What is no size, NaN included, is refused with a sentence by `add`.
      ...(size && { inputSize: parseNumber(size, 'whole') }),
    };
    const detail: FoundAnswers = { answers, ...(labels.length > 0 && { labels }) };
    this.dispatchEvent(new CustomEvent('answers', { detail }));
  };

  static override styles = [sharedStyles, fieldStyles, addModelStyles];
}

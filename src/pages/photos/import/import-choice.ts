import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import { choosesFolders } from '../../../platform/chooses-folders.ts';
import './import-question.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import type { ClassRecord } from '../../../records/class.ts';

/** The chosen files, and their label if the user chose it first. */
export interface Chosen {
  readonly files: readonly File[];
  readonly label: ClassRecord | undefined;
}

/**
 * The first step of an import: a class button opens the file picker for photos of that class;
 * folders and archives contain their own labels.
 *
 * Event: `chosen` with a Chosen in `detail`.
 */
@customElement('pp-import-choice')
export class ImportChoice extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  @query('[data-import-photos]') private accessor photos!: HTMLInputElement;
  @query('[data-import-archive]') private accessor archive!: HTMLInputElement;
  @query('[data-import-folder]') private accessor folder!: HTMLInputElement;
  #label: ClassRecord | undefined;

  override render() {
    return html`
      <pp-import-question
        .classes=${this.classes}
        @label=${({ detail }: CustomEvent<ClassRecord>) => this.#pick(this.photos, detail)}
      ></pp-import-question>
      <div class="more">
        <p class="quiet">
          ${msg('Several kinds at once: a folder or a zip with a folder for each kind, or a Teachable Machine project.')}
        </p>
        <div class="pair">
          <button
            data-action="choose-folder"
            ?hidden=${!choosesFolders()}
            @click=${() => this.#pick(this.folder)}
          >
            ${msg('A folder', { desc: 'button: choose a folder to import' })}
          </button>
          <button data-action="choose-archive" @click=${() => this.#pick(this.archive)}>
            ${msg('A zip or .tm', { desc: 'button: choose an archive to import' })}
          </button>
        </div>
      </div>
      <input
        type="file"
        accept="image/*,video/*"
        multiple
        hidden
        data-import-photos
        @change=${this.#onPicked}
      />
      <input type="file" webkitdirectory hidden data-import-folder @change=${this.#onPicked} />
      ${
        // No `accept`: phones do not know the type of .tm files and would disable them. The bytes
        // decide what the file is.
        nothing
      }
      <input type="file" multiple hidden data-import-archive @change=${this.#onPicked} />
    `;
  }

  #pick(input: HTMLInputElement, label?: ClassRecord): void {
    this.#label = label;
    input.click();
  }

  readonly #onPicked = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same files again sends no `change` event.
    input.value = '';
    if (files.length === 0) return;
    const detail: Chosen = { files, label: this.#label };
    this.dispatchEvent(new CustomEvent('chosen', { detail }));
  };

  static override styles = [
    sharedStyles,
    css`
      .more {
        margin-block-start: 24px;
        padding-block-start: 16px;
        border-block-start: 1px solid var(--line);
      }
      .pair {
        display: flex;
        gap: 12px;
        margin-block-start: 12px;
      }
      .pair button {
        flex: 1;
        min-height: 52px;
        padding-inline: 12px;
      }
    `,
  ];
}

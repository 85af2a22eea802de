import { css, html, LitElement, nothing } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { msg, str } from '../../i18n/msg.ts';
import { FEWEST_CLASSES, MOST_CLASSES } from '../../photos/class-limits.ts';
import { learning } from '../../session/learning.ts';
import { listClasses } from '../../photos/classes.ts';
import { countPhotos } from '../../photos/repository.ts';
import { classColour } from '../../ui/class-colour.ts';
import '../../widgets/library/class-name-dialog.ts';
import type { ClassNameDialog } from '../../widgets/library/class-name-dialog.ts';
import { icon } from '../../ui/icons.ts';
import { photoCount } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { LearningController } from '../../widgets/learning-controller.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { styleMap } from '../../ui/style-map.ts';
import { removeClassWithUndo } from './class-actions.ts';
import { classesSentence } from './class-sentences.ts';
import './known-choice.ts';
import './known-switch.ts';
import './squares-switch.ts';
import './remove-class-dialog.ts';
import type { RemoveClassDialog } from './remove-class-dialog.ts';
import { sectionStyles } from './section-styles.ts';
import type { ClassRecord } from '../../records/class.ts';
import type { KnownClass } from '../../records/known-classes.ts';

async function loadClasses() {
  const [classes, counts] = await Promise.all([listClasses(), countPhotos()]);
  return { classes, counts };
}

/**
 * The list of classes with colour, name and number of photos, to add, rename and remove classes.
 */
@customElement('pp-classes-section')
export class ClassesSection extends LitElement {
  @query('pp-class-name-dialog') private accessor nameDialog!: ClassNameDialog;
  @query('pp-remove-class-dialog') private accessor removeDialog!: RemoveClassDialog;
  @query('[data-action="add-class"]') private accessor addButton!: HTMLButtonElement;
  readonly #engine = new LearningController(this, learning);
  readonly #library = new StoredController(this, ['classes', 'photos'], loadClasses);

  /** The classes that the base knows; undefined if it says nothing, or is not there yet. */
  get #knows(): readonly KnownClass[] | undefined {
    return this.#engine.status.info?.base.knows?.classes;
  }

  override render() {
    const { value: library, problem } = this.#library;
    return html`<section class="card">
        <div class="title">
          ${icon('classes')}
          <h2>${msg('Classes')}</h2>
        </div>
        ${problem ? html`<p role="alert">${problem.message}</p>` : nothing}
        ${library ? this.#list(library.classes, library.counts) : nothing}
      </section>
      <pp-class-name-dialog></pp-class-name-dialog>
      <pp-remove-class-dialog
        @remove-class=${(event: CustomEvent<ClassRecord>) => void this.#remove(event.detail)}
      ></pp-remove-class-dialog>`;
  }

  #list(classes: readonly ClassRecord[], counts: ReadonlyMap<string, number>) {
    const knows = this.#knows;
    return html`
      <p class="quiet">${classesSentence(classes.length)}</p>
      <ul>
        ${repeat(
          classes,
          ({ id }) => id,
          (record) =>
            this.#row(record, counts.get(record.id) ?? 0, classes.length > FEWEST_CLASSES),
        )}
      </ul>
      <button
        data-action="add-class"
        ?disabled=${classes.length >= MOST_CLASSES}
        @click=${() => this.nameDialog.open()}
      >
        ${icon('plus')} ${msg('Add a class')}
      </button>
      ${
        knows
          ? html`<pp-known-switch
              ?measured=${this.#engine.status.info?.base.id === 'openimages'}
            ></pp-known-switch>`
          : nothing
      }
      ${this.#engine.status.info?.base.knows?.boxes ? html`<pp-squares-switch></pp-squares-switch>` : nothing}
    `;
  }

  #row(record: ClassRecord, photos: number, removable: boolean) {
    const { name } = record;
    return html`<li data-class=${record.id}>
      <span
        class="swatch"
        style=${styleMap({ background: classColour(record.palette, '-fill') })}
      ></span>
      <span class="words">
        <strong>${name}</strong>
        <span class="quiet">${photoCount(photos)}</span>
        ${
          this.#knows
            ? html`<pp-known-choice .record=${record} .classes=${this.#knows}></pp-known-choice>`
            : nothing
        }
      </span>
      <button
        class="round"
        aria-label=${msg(str`Rename ${name}`)}
        @click=${() => this.nameDialog.open(record)}
      >
        ${icon('edit')}
      </button>
      <button
        class="round"
        aria-label=${msg(str`Remove ${name}`)}
        ?disabled=${!removable}
        @click=${() => this.#askToRemove(record, photos)}
      >
        ${icon('delete')}
      </button>
    </li>`;
  }

  #askToRemove(record: ClassRecord, photos: number): void {
    if (photos > 0) this.removeDialog.open(record, photos);
    else void this.#remove(record);
  }

  async #remove(record: ClassRecord): Promise<void> {
    await removeClassWithUndo(this, record.id);
    // The pressed button was removed with its row, so the focus needs another place.
    await this.#library.reload();
    await this.updateComplete;
    this.addButton.focus();
  }

  static override styles = [
    sharedStyles,
    sectionStyles,
    css`
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 8px 0;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .swatch {
        flex: none;
        width: 28px;
        height: 28px;
        margin-inline-end: 10px;
        border-radius: 10px;
      }
      .words {
        display: grid;
        flex: 1;
        min-width: 0;
      }
      strong {
        overflow-wrap: anywhere;
      }
      .round {
        border-color: transparent;
        background: transparent;
        color: var(--quiet);
      }
      .round:disabled {
        opacity: 0.35;
      }
      .round svg {
        width: 22px;
        height: 22px;
      }
    `,
  ];
}

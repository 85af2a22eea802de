import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { MOST_CLASSES } from '../../../photos/class-limits.ts';
import { countPhotosFound } from '../../../photos/import/count-photos.ts';
import {
  newClassName,
  suggestChoices,
  type GroupChoice,
  type LabelGroup,
} from '../../../photos/import/label-groups.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { fieldStyles } from '../../../ui/field-styles.ts';
import { photoCount } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import { groupName } from './import-sentences.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * Matches folders with classes: one row per folder, with a suggested class.
 *
 * Event: `choices` with a GroupChoice for each group in `detail`.
 */
@customElement('pp-import-matching')
export class ImportMatching extends LitElement {
  @property({ attribute: false }) accessor groups: readonly LabelGroup[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Error message of the last attempt. */
  @property() accessor problem = '';
  @state() private accessor choices: readonly GroupChoice[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('groups')) this.choices = suggestChoices(this.groups, this.classes);
  }

  override render() {
    const isTaken = (_: LabelGroup, index: number) => this.choices[index] !== 'leave-out';
    const taken = this.groups.filter(isTaken).flatMap(({ pictures }) => pictures);
    const photos = photoCount(countPhotosFound(taken));
    const added = this.choices.filter((choice) => choice === 'new').length;
    const tooMany = this.classes.length + added > MOST_CLASSES;
    const problem = tooMany
      ? msg(str`There can be ${MOST_CLASSES} classes at most.`)
      : this.problem;
    return html`
      <ul>
        ${this.groups.map((group, index) => this.#row(group, index))}
      </ul>
      <p class="invalid" role="alert">${problem}</p>
      <button
        class="primary"
        data-action="import-groups"
        ?disabled=${taken.length === 0 || tooMany}
        @click=${() => this.dispatchEvent(new CustomEvent('choices', { detail: this.choices }))}
      >
        ${msg(str`Import ${photos}`, { desc: 'button: Import 12 photos' })}
      </button>
    `;
  }

  #row(group: LabelGroup, index: number) {
    const choice = this.choices[index]!;
    const name = newClassName(group.label);
    const chosen = this.classes.find(({ id }) => choice === `class:${id}`);
    const colour = chosen ? classColour(chosen.palette) : 'var(--line)';
    return html`<li>
      <label data-group=${group.label ?? ''} style=${styleMap({ '--colour': colour })}>
        <span class="name">
          <span><bdi>${groupName(group)}</bdi></span>
          <span class="quiet">${photoCount(countPhotosFound(group.pictures))}</span>
        </span>
        <span class="field">
          <select @change=${(event: Event) => this.#choose(index, event)}>
            ${this.classes.map((one) => this.#option(`class:${one.id}`, one.name, choice))}
            ${name === undefined ? nothing : this.#option('new', newName(name), choice)}
            ${this.#option('leave-out', msg('Leave out', { desc: 'do not import this folder' }), choice)}
          </select>
        </span>
      </label>
    </li>`;
  }

  #option(value: GroupChoice, text: string, chosen: GroupChoice) {
    return html`<option value=${value} ?selected=${value === chosen}>${text}</option>`;
  }

  #choose(index: number, event: Event): void {
    const choice = (event.target as HTMLSelectElement).value as GroupChoice;
    this.choices = this.choices.with(index, choice);
  }

  static override styles = [
    sharedStyles,
    fieldStyles,
    css`
      ul {
        display: grid;
        gap: 10px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      label {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr);
        align-items: center;
        gap: 12px;
        padding-inline-start: 14px;
        border-inline-start: 6px solid var(--colour);
        border-radius: 6px;
      }
      .name {
        display: grid;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .name .quiet {
        font-weight: 400;
      }
      .field select {
        padding-inline: 12px;
        font-size: 1rem;
        text-overflow: ellipsis;
      }
      .invalid {
        margin-block-start: 12px;
      }
      .primary {
        width: 100%;
        margin-block-start: 20px;
      }
    `,
  ];
}

function newName(name: string): string {
  return msg(str`New: ${name}`, { desc: 'a new class and its name' });
}

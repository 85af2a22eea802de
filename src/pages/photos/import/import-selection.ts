import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import type { GroupChoice, LabelGroup } from '../../../photos/import/label-groups.ts';
import { plain } from '../../../photos/import/layout/words.ts';
import { fieldStyles } from '../../../ui/field-styles.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import type { ClassRecord } from '../../../records/class.ts';
import { groupName } from './import-sentences.ts';

/** Which groups are shown, and which are selected. */
export interface Selection {
  /** What the person looks for in the names of the groups. */
  readonly query: string;
  /** Indices of groups. */
  readonly selected: ReadonlySet<number>;
}

/** The indices of the groups with a name in which the query is. */
export function findGroups(groups: readonly LabelGroup[], query: string): number[] {
  const looked = plain(query.trim().replaceAll('_', ' '));
  return [...groups.keys()].filter((index) =>
    plain(groupName(groups[index]!).replaceAll('_', ' ')).includes(looked),
  );
}

/**
 * Finds groups by name, selects all that are found, and gives the selected ones one class.
 *
 * Events: `selection` with a Selection in `detail`; `choice` with a GroupChoice in `detail`.
 */
@customElement('pp-import-selection')
export class ImportSelection extends LitElement {
  @property({ attribute: false }) accessor groups: readonly LabelGroup[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  @property({ attribute: false }) accessor selection: Selection = {
    query: '',
    selected: new Set(),
  };

  override render() {
    const { query, selected } = this.selection;
    const found = findGroups(this.groups, query);
    const isAll = found.length > 0 && found.every((index) => selected.has(index));
    const [shown, chosen] = [wholeNumber(found.length), wholeNumber(selected.size)];
    return html`
      <label class="field">
        <span>${msg('Find groups by name')}</span>
        <input
          type="search"
          data-find-groups
          .value=${query}
          @input=${({ target }: Event) =>
            this.#send({ query: (target as HTMLInputElement).value, selected })}
        />
      </label>
      <div class="answer">
        <label class="all">
          <input
            type="checkbox"
            data-select-found
            .checked=${isAll}
            ?disabled=${found.length === 0}
            @change=${() => this.#selectFound(found, isAll)}
          />
          <span
            >${msg(str`All ${shown}`, { desc: 'checkbox: select all 12 groups that were found' })}</span
          >
        </label>
        <span class="field">
          <select
            data-answer-selected
            aria-label=${msg('Class of the selected groups')}
            ?disabled=${selected.size === 0}
            @change=${this.#answer}
          >
            <option value="" selected>
              ${msg(str`${chosen} selected: …`, { desc: 'a list of classes to choose from follows' })}
            </option>
            ${this.classes.map(({ id, name }) => html`<option value="class:${id}">${name}</option>`)}
            <option value="new">${msg('A new class each')}</option>
            <option value="leave-out">
              ${msg('Leave out', { desc: 'do not import this folder' })}
            </option>
          </select>
        </span>
      </div>
      ${found.length === 0 ? html`<p class="quiet">${msg('No group has that in its name.')}</p>` : nothing}
    `;
  }

  #selectFound(found: readonly number[], isAll: boolean): void {
    const selected = new Set(this.selection.selected);
    for (const index of found) {
      if (isAll) selected.delete(index);
      else selected.add(index);
    }
    this.#send({ ...this.selection, selected });
  }

  readonly #answer = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    const detail = select.value as GroupChoice;
    select.value = '';
    this.dispatchEvent(new CustomEvent('choice', { detail }));
  };

  #send(detail: Selection): void {
    this.dispatchEvent(new CustomEvent('selection', { detail }));
  }

  static override styles = [
    sharedStyles,
    fieldStyles,
    css`
      :host {
        margin-block-end: 16px;
        padding-block-end: 16px;
        border-block-end: 1px solid var(--line);
      }
      .answer {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-block-start: 12px;
      }
      .answer .field {
        flex: 1;
      }
      .all {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: var(--target);
        padding-inline: 20px 8px;
        font-weight: 600;
        white-space: nowrap;
        cursor: pointer;
      }
      .all input {
        flex: none;
        width: 24px;
        height: 24px;
        margin: 0;
        accent-color: var(--press);
      }
    `,
  ];
}

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import {
  newClassName,
  type GroupChoice,
  type LabelGroup,
} from '../../../photos/import/label-groups.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { fieldStyles } from '../../../ui/field-styles.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import type { ClassRecord } from '../../../records/class.ts';
import { GroupPictures } from './group-pictures.ts';
import { importGroupsStyles } from './import-groups-styles.ts';
import { foundCount, groupName } from './import-sentences.ts';
import './import-selection.ts';
import { findGroups, type Selection } from './import-selection.ts';

/** From so many groups on, they can be found by name and answered together. */
const MANY = 9;
/** Number of rows that are added at a time: a malicious archive may have thousands. */
const ROWS = 60;

/** The same choice for some groups. */
export interface GroupsChange {
  readonly indices: readonly number[];
  readonly choice: GroupChoice;
}

/**
 * A row per group with the choice of its class. Many groups can be selected and answered together.
 *
 * Event: `change-groups` with a GroupsChange in `detail`.
 */
@customElement('pp-import-groups')
export class ImportGroups extends LitElement {
  @property({ attribute: false }) accessor groups: readonly LabelGroup[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** One per group. */
  @property({ attribute: false }) accessor choices: readonly GroupChoice[] = [];
  @state() private accessor selection: Selection = { query: '', selected: new Set() };
  @state() private accessor rows = ROWS;
  /** Indices of the groups that the search finds. */
  #found: readonly number[] = [];
  readonly #pictures = new GroupPictures(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pictures.want([]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('groups')) {
      this.selection = { query: '', selected: new Set() };
      this.rows = ROWS;
    }
    this.#found = findGroups(this.groups, this.selection.query);
  }

  override updated(): void {
    if (!this.isConnected) return;
    this.#pictures.want(this.#shown.flatMap((index) => this.groups[index]!.pictures.slice(0, 1)));
  }

  override render() {
    const isMany = this.groups.length >= MANY;
    return html`
      ${
        isMany
          ? html`<pp-import-selection
              .groups=${this.groups}
              .classes=${this.classes}
              .selection=${this.selection}
              @selection=${({ detail }: CustomEvent<Selection>) => {
                this.selection = detail;
              }}
              @choice=${({ detail }: CustomEvent<GroupChoice>) => this.#answer(detail)}
            ></pp-import-selection>`
          : nothing
      }
      <ul>
        ${this.#shown.map((index) => this.#row(index, isMany))}
      </ul>
      ${
        this.#found.length > this.rows
          ? html`<button
              class="more"
              data-action="more-groups"
              @click=${() => {
                this.rows += ROWS;
              }}
            >
              ${msg('Show more')}
            </button>`
          : nothing
      }
    `;
  }

  /** Indices of the groups that have a row. */
  get #shown(): readonly number[] {
    return this.#found.slice(0, this.rows);
  }

  #row(index: number, isMany: boolean) {
    const group = this.groups[index]!;
    const choice = this.choices[index]!;
    const name = newClassName(group.label);
    const chosen = this.classes.find(({ id }) => choice === `class:${id}`);
    const colour = chosen ? classColour(chosen.palette) : 'var(--line)';
    const title = groupName(group);
    const [first] = group.pictures;
    const picture = first && this.#pictures.get(first);
    return html`<li
      data-group=${group.label ?? ''}
      data-choice=${choice}
      style=${styleMap({ '--colour': colour })}
    >
      ${
        isMany
          ? html`<input
              type="checkbox"
              aria-label=${title}
              .checked=${this.selection.selected.has(index)}
              @change=${() => this.#toggle(index)}
            />`
          : nothing
      }
      <span class="picture">
        ${picture === undefined ? nothing : html`<img alt="" src=${picture} />`}
      </span>
      <label>
        <span class="name">
          <bdi>${title}</bdi>
          <span class="quiet">${foundCount(group.pictures)}</span>
        </span>
        <span class="field">
          <select
            @change=${(event: Event) =>
              this.#send([index], (event.target as HTMLSelectElement).value as GroupChoice)}
          >
            ${this.classes.map((one) => this.#option(`class:${one.id}`, one.name, choice))}
            ${name === undefined ? nothing : this.#option('new', newName(name), choice)}
            ${this.#option('leave-out', msg('Leave out', { desc: 'do not import this folder' }), choice)}
          </select>
        </span>
      </label>
    </li>`;
  }

  #option(value: GroupChoice, text: string, chosen: GroupChoice) {
    return html`<option value=${value} .selected=${value === chosen}>${text}</option>`;
  }

  #toggle(index: number): void {
    const selected = new Set(this.selection.selected);
    if (!selected.delete(index)) selected.add(index);
    this.selection = { ...this.selection, selected };
  }

  #answer(choice: GroupChoice): void {
    this.#send([...this.selection.selected], choice);
    this.selection = { ...this.selection, selected: new Set() };
  }

  #send(indices: readonly number[], choice: GroupChoice): void {
    const detail: GroupsChange = { indices, choice };
    this.dispatchEvent(new CustomEvent('change-groups', { detail }));
  }

  static override styles = [sharedStyles, fieldStyles, importGroupsStyles];
}

function newName(name: string): string {
  return msg(str`New: ${name}`, { desc: 'a new class and its name' });
}

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { MOST_CLASSES } from '../../../photos/class-limits.ts';
import {
  newClassName,
  type GroupChoice,
  type LabelGroup,
} from '../../../photos/import/label-groups.ts';
import type { MatchingChoice } from '../../../photos/import/label-pictures.ts';
import {
  classesGivingWay,
  hasRoom,
  suggestChoices,
} from '../../../photos/import/suggest-choices.ts';
import { fieldStyles } from '../../../ui/field-styles.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import type { ClassRecord } from '../../../records/class.ts';
import './import-groups.ts';
import type { GroupsChange } from './import-groups.ts';
import { crowdedSentence, foundCount, givingWaySentence } from './import-sentences.ts';
import './own-split.ts';

/**
 * Matches groups with classes: a list of groups with a suggested class each, and the question
 * whether the set's own split is kept.
 *
 * Event: `choices` with a MatchingChoice in `detail`.
 */
@customElement('pp-import-matching')
export class ImportMatching extends LitElement {
  @property({ attribute: false }) accessor groups: readonly LabelGroup[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** The first classes of a library in which nothing was ever done. */
  @property({ attribute: false }) accessor unused: readonly ClassRecord[] = [];
  /** Error message of the last attempt. */
  @property() accessor problem = '';
  @state() private accessor choices: readonly GroupChoice[] = [];
  @state() private accessor keepsSplit = false;
  /** Whether there were more classes than there is room for. */
  #isCrowded = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('groups')) return;
    const { choices, isCrowded } = suggestChoices(this.groups, this.classes, this.unused);
    this.choices = choices;
    this.#isCrowded = isCrowded;
    this.keepsSplit = false;
  }

  override render() {
    const { groups, choices, classes, unused } = this;
    const taken = groups
      .filter((_, index) => choices[index] !== 'leave-out')
      .flatMap(({ pictures }) => pictures);
    const photos = foundCount(taken);
    const leaving = classesGivingWay(groups, choices, unused);
    const fits = hasRoom(groups, choices, classes, unused);
    const problem = fits ? this.problem : msg(str`There can be ${MOST_CLASSES} classes at most.`);
    return html`
      ${this.#isCrowded ? html`<p class="note">${crowdedSentence()}</p>` : nothing}
      <pp-import-groups
        .groups=${groups}
        .classes=${classes}
        .choices=${choices}
        @change-groups=${({ detail }: CustomEvent<GroupsChange>) => this.#change(detail)}
      ></pp-import-groups>
      ${leaving.length > 0 ? html`<p class="note">${givingWaySentence(leaving)}</p>` : nothing}
      <pp-own-split
        .pictures=${taken}
        .keeps=${this.keepsSplit}
        @keep=${({ detail }: CustomEvent<boolean>) => {
          this.keepsSplit = detail;
        }}
      ></pp-own-split>
      <p class="invalid" role="alert">${problem}</p>
      <div class="end">
        <button
          class="primary"
          data-action="import-groups"
          ?disabled=${taken.length === 0 || !fits}
          @click=${this.#send}
        >
          ${msg(str`Import ${photos}`, { desc: 'button: Import 12 photos' })}
        </button>
      </div>
    `;
  }

  #change({ indices, choice }: GroupsChange): void {
    const choices = [...this.choices];
    for (const index of indices) {
      const isNameless = choice === 'new' && !newClassName(this.groups[index]?.label);
      choices[index] = isNameless ? 'leave-out' : choice;
    }
    this.choices = choices;
  }

  readonly #send = () => {
    const { choices, keepsSplit } = this;
    const detail: MatchingChoice = { choices, keepsSplit };
    this.dispatchEvent(new CustomEvent('choices', { detail }));
  };

  static override styles = [
    sharedStyles,
    fieldStyles,
    css`
      .note {
        margin-block: 0 14px;
      }
      pp-import-groups + .note {
        margin-block: 14px 0;
      }
      .invalid {
        margin-block-start: 12px;
      }
      /* Within reach beside a long list, of which nothing shows under it down to the sheet's end. */
      .end {
        position: sticky;
        inset-block-end: calc(-1 * var(--sheet-end));
        margin-block: 14px calc(-1 * var(--sheet-end));
        padding-block: 6px var(--sheet-end);
        background: var(--card);
      }
      .primary {
        width: 100%;
      }
      /* What is behind it would shine through. */
      .primary:disabled {
        position: static;
      }
    `,
  ];
}

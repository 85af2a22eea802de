import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import type { FoundPicture } from '../../../photos/import/found-picture.ts';
import type { Split } from '../../../records/photo.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { switchStyles } from '../../../ui/switch-styles.ts';
import { ownSplitSentence } from './import-sentences.ts';

/**
 * Offers to keep the split of a data set, if it has one.
 *
 * Event: `keep` with the choice, a boolean, in `detail`.
 */
@customElement('pp-own-split')
export class OwnSplit extends LitElement {
  /** What would be imported. */
  @property({ attribute: false }) accessor pictures: readonly Pick<FoundPicture, 'split'>[] = [];
  @property({ type: Boolean }) accessor keeps = false;

  override render() {
    const counts = countSplits(this.pictures);
    if (!isSplit(counts)) return nothing;
    return html`<label class="switch">
      <span
        ><strong>${msg('Keep the split of the set')}</strong
        ><span class="quiet">${ownSplitSentence(counts)}</span></span
      >
      <input
        type="checkbox"
        role="switch"
        data-option="own-split"
        .checked=${this.keeps}
        @change=${({ target }: Event) =>
          this.dispatchEvent(
            new CustomEvent('keep', { detail: (target as HTMLInputElement).checked }),
          )}
      />
    </label>`;
  }

  static override styles = [
    sharedStyles,
    switchStyles,
    css`
      .switch {
        margin-block: 16px;
        border: 1px solid var(--line);
        border-radius: 16px;
      }
    `,
  ];
}

/** Numbers of pictures in each split of a data set. */
function countSplits(
  pictures: readonly Pick<FoundPicture, 'split'>[],
): Readonly<Record<Split, number>> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const { split } of pictures) if (split) counts[split]++;
  return counts;
}

/** Whether a set is split: some of it is for training and some is not. */
function isSplit({ train, validation, test }: Readonly<Record<Split, number>>): boolean {
  return train > 0 && validation + test > 0;
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isInsecure } from '../../platform/withheld.ts';
import { hrefOf } from '../../session/routes.ts';
import { msg } from '../../i18n/msg.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { classColour } from '../../ui/class-colour.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';
import type { TrainingSet } from '../../photos/training-set.ts';
import { ofEnough } from './train-sentences.ts';
import { missingSentence } from './training-warnings.ts';

/** The photos of each class so far, compared with the number recommended for the first training. */
@customElement('pp-too-few-card')
export class TooFewCard extends LitElement {
  @property({ attribute: false }) accessor set: TrainingSet | undefined;

  override render() {
    const classes = this.set?.classes ?? [];
    return html`<div class="card">
      <h2>${msg('First, some photos')}</h2>
      <p class="quiet">${missingSentence(classes)}</p>
      ${classes.map(
        ({ name, photos, palette }) =>
          html`<div class="class" style=${styleMap({ '--colour': classColour(palette) })}>
            <strong>${name}</strong>
            <span class="quiet">${ofEnough(photos)}</span>
            <div class="track">
              <div
                style=${styleMap({ width: `${Math.min(100, (100 * photos) / ENOUGH_PHOTOS)}%` })}
              ></div>
            </div>
          </div>`,
      )}
      ${
        isInsecure()
          ? nothing
          : html`<a class="button primary" href=${hrefOf('capture')}
                >${icon('capture')} ${msg('Take photos')}</a
              >
              <a class="button" href="${hrefOf('photos')}?import"
                >${icon('plus')} ${msg('Import photos')}</a
              >`
      }
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
        gap: 14px;
      }
      .class {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 6px;
      }
      strong {
        color: var(--colour);
      }
      .track {
        grid-column: 1 / 3;
        height: 10px;
        overflow: hidden;
        border-radius: 5px;
        background: var(--line);
      }
      .track div {
        height: 100%;
        border-radius: 5px;
        background: var(--colour);
      }
      .primary {
        margin-top: 6px;
      }
      .button {
        min-height: 52px;
      }
    `,
  ];
}

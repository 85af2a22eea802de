import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { perClass } from '../../models/per-class.ts';
import type { Evaluation, ModelClass } from '../../records/model.ts';
import { classColour } from '../../ui/class-colour.ts';
import { moreStyles } from './more-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';
import { classSentence, moreSentences } from './test-sentences.ts';

/** The test results for each class, in words; recall and precision are in a disclosure. */
@customElement('pp-test-card')
export class TestCard extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ModelClass[] = [];
  @property({ attribute: false }) accessor test: Evaluation | undefined;

  override render() {
    const { test } = this;
    if (!test || test.count === 0) return nothing;
    const metrics = perClass(test.confusion);
    return html`<div class="card" data-test-words>
      <h2>${msg('Class by class')}</h2>
      <dl>
        ${this.classes.map(({ name, palette }, c) => {
          const ofClass = metrics[c];
          if (!ofClass) return nothing;
          const right = test.confusion[c]?.[c] ?? 0;
          return html`<div>
            <dt style=${styleMap({ color: classColour(palette) })}>${name}</dt>
            <dd>
              ${classSentence(ofClass, right)}
              <details>
                <summary>
                  <span aria-hidden="true">${msg('More')}</span>
                  <span class="visually-hidden">${msg(str`More on ${name}`)}</span>
                </summary>
                ${moreSentences(ofClass, right).map((sentence) => html`<p>${sentence}</p>`)}
              </details>
            </dd>
          </div>`;
        })}
      </dl>
    </div>`;
  }

  static override styles = [
    sharedStyles,
    moreStyles,
    css`
      dl {
        display: grid;
        gap: 4px;
        margin: 8px 0 0;
      }
      dl > div {
        display: grid;
        grid-template-columns: minmax(72px, 30%) 1fr;
        gap: 12px;
        align-items: baseline;
      }
      dt {
        overflow-wrap: anywhere;
        font-weight: 700;
      }
      dd {
        margin: 0;
      }
      details p {
        color: var(--quiet);
        font-size: 0.875rem;
      }
      details p:last-child {
        margin-bottom: 8px;
      }
    `,
  ];
}

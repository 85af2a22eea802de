import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { perClass } from '../../models/per-class.ts';
import type { Evaluation, ModelClass } from '../../models/record.ts';
import { classColour } from '../../ui/class-colour.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';
import { calibrationSentence, classSentence } from './test-sentences.ts';

/** What the test photos say of each class, and of the model's percentages, in words. */
@customElement('pp-test-card')
export class TestCard extends LitElement {
  @property({ attribute: false }) classes: readonly ModelClass[] = [];
  @property({ attribute: false }) test: Evaluation | undefined;

  override render() {
    const { test } = this;
    if (!test || test.count === 0) return nothing;
    const metrics = perClass(test.confusion);
    const calibration = calibrationSentence(test);
    return html`<div class="card" data-test-words>
      <h2 class="visually-hidden">Class by class</h2>
      <dl>
        ${this.classes.map(({ name, palette }, c) => {
          const ofClass = metrics[c];
          if (!ofClass) return nothing;
          return html`<div>
            <dt style=${styleMap({ color: classColour(palette) })}>${name}</dt>
            <dd>${classSentence(ofClass, test.confusion[c]?.[c] ?? 0)}</dd>
          </div>`;
        })}
      </dl>
      ${calibration ? html`<p>${calibration}</p>` : nothing}
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        padding: 16px 20px;
        font-size: 14px;
      }
      dl {
        display: grid;
        gap: 10px;
        margin: 0;
      }
      dt {
        overflow-wrap: anywhere;
        font-weight: 700;
      }
      dd {
        margin: 0;
      }
      p {
        margin-top: 12px;
        padding-top: 12px;
        border-top: 1px solid var(--line);
      }
    `,
  ];
}

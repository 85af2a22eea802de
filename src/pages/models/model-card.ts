import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hrefOfModel } from '../../session/routes.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import { dateAndTime, photoCount } from '../../ui/phrases.ts';
import '../../ui/ring.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { baseHindrance, baseState, baseWords } from './base-state.ts';
import { inUseBadge, inUseStyles } from './in-use-badge.ts';
import './model-buttons.ts';
import { accuracySentence } from './model-sentences.ts';

/** One model in the list of models; its name is a link to its result. */
@customElement('pp-model-card')
export class ModelCard extends LitElement {
  @property({ attribute: false }) accessor model!: ModelRecord;
  @property({ attribute: false }) accessor info: EngineInfo | undefined;
  @property({ type: Boolean }) accessor inUse = false;
  /** The model to compare it with, see ModelButtons. */
  @property({ attribute: false }) accessor partner: ModelRecord | undefined;

  override render() {
    const { model, info, inUse } = this;
    const { id, name, createdAt, test, photoIds, imported } = model;
    const state = baseState(model, info);
    const hindrance = baseHindrance(state);
    const accuracy = test && test.count > 0 ? test.correct / test.count : undefined;
    return html`<article class="card" data-model=${id} data-in-use=${inUse} aria-labelledby="name">
      <pp-ring .fraction=${accuracy}></pp-ring>
      <div>
        <h2 id="name"><a href=${hrefOfModel(id)}>${name}</a> ${inUse ? inUseBadge : nothing}</h2>
        <p>${accuracySentence(model)}</p>
        <p class="quiet">
          ${dateAndTime(createdAt)} ·
          ${imported ? nothing : html`${photoCount(photoIds.train.length)} ·`}
          ${baseWords(model, info)}
        </p>
        ${hindrance ? html`<p class="hindrance">${hindrance}</p>` : nothing}
      </div>
      <pp-model-buttons
        .model=${model}
        .inUse=${inUse}
        .usable=${state === 'ready' || state === 'other'}
        .partner=${this.partner}
      ></pp-model-buttons>
    </article>`;
  }

  static override styles = [
    sharedStyles,
    inUseStyles,
    css`
      .card {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 14px 16px;
        align-items: center;
      }
      .card[data-in-use='true'] {
        border-color: var(--press);
      }
      .card > div {
        display: grid;
        gap: 4px;
        overflow-wrap: anywhere;
      }
      h2 {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        align-items: center;
      }
      a {
        padding-block: 11px;
        margin-block: -11px;
        color: inherit;
        text-decoration-color: var(--line);
        text-underline-offset: 4px;
      }
      .hindrance {
        color: var(--wrong);
        font-size: 0.875rem;
      }
      pp-model-buttons {
        grid-column: 1 / -1;
      }
    `,
  ];
}

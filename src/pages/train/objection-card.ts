import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { hrefOfModel } from '../../session/routes.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { chooseModel } from '../../widgets/result/choose-model.ts';
import { objectionSentence } from '../../widgets/result/result-sentences.ts';

/** Says why the newest model is not in use, and offers to use it anyway. */
@customElement('pp-objection-card')
export class ObjectionCard extends LitElement {
  /** The model that is not in use; nothing is shown without its `objection`. */
  @property({ attribute: false }) accessor model: ModelRecord | undefined;
  @property({ attribute: false }) accessor inUse: ModelRecord | undefined;

  override render() {
    const { model, inUse } = this;
    if (!model?.objection || !inUse) return nothing;
    const { name, id, objection } = model;
    const used = inUse.name;
    return html`<section class="card" data-objection=${objection.kind}>
      <div role="status">
        <h2>${msg(str`${used} stays in use`)}</h2>
        <p>${msg(str`${name} is stored, but not used.`)} ${objectionSentence(objection)}</p>
      </div>
      <div class="actions">
        <button data-action="use-anyway" @click=${() => void chooseModel(this, model)}>
          ${msg('Use it anyway')}
        </button>
        <a
          class="button"
          aria-label=${msg(str`The whole result of ${name}`)}
          href=${hrefOfModel(id)}
          >${msg('The whole result')}</a
        >
      </div>
    </section>`;
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        max-width: 720px;
      }
      .card {
        display: grid;
        gap: 12px;
        margin-bottom: 12px;
        overflow-wrap: anywhere;
      }
      h2 {
        margin-bottom: 4px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];
}

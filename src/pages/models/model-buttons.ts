import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hrefOf, hrefOfModel } from '../../app/routes.ts';
import type { ModelRecord } from '../../models/record.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/**
 * What can be done with a model. Sends `use-model`, `rename-model` and `delete-model`, each with the
 * model as detail.
 */
@customElement('pp-model-buttons')
export class ModelButtons extends LitElement {
  @property({ attribute: false }) model!: ModelRecord;
  @property({ type: Boolean }) inUse = false;
  /** Its base is here and known to work with it. */
  @property({ type: Boolean }) usable = false;
  /** What the link to a comparison compares it with; no link without it. */
  @property({ attribute: false }) partner: ModelRecord | undefined;

  override render() {
    const { id, name } = this.model;
    return html`
      ${
        this.inUse
          ? nothing
          : html`<button
              class="use"
              data-action="use"
              aria-label="Use ${name}"
              ?disabled=${!this.usable}
              @click=${() => this.#send('use-model')}
            >
              Use
            </button>`
      }
      ${
        this.partner
          ? html`<a
              class="button"
              data-action="compare"
              aria-label="Compare ${name}"
              href=${hrefOfModel(id, { with: this.partner.id })}
              >Compare</a
            >`
          : nothing
      }
      <a
        class="button"
        data-action="train-alike"
        href="${hrefOf('train')}?like=${encodeURIComponent(id)}"
        aria-label="Train again with the settings of ${name}"
        >Train alike</a
      >
      <button
        class="round"
        data-action="rename"
        aria-label="Rename ${name}"
        @click=${() => this.#send('rename-model')}
      >
        ${icon('edit')}
      </button>
      <button
        class="round"
        data-action="delete"
        aria-label="Delete ${name}"
        @click=${() => this.#send('delete-model')}
      >
        ${icon('delete')}
      </button>
    `;
  }

  #send(what: 'use-model' | 'rename-model' | 'delete-model'): void {
    const options = { detail: this.model, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent(what, options));
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      button,
      .button {
        padding: 0 14px;
      }
      .use {
        border-color: transparent;
        background: var(--press-soft);
        color: var(--press);
      }
      .round {
        width: var(--target);
        padding: 0;
      }
      .round svg {
        width: 20px;
        height: 20px;
      }
    `,
  ];
}

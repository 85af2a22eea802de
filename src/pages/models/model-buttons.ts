import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hrefOf, hrefOfModel, MANY_ADDRESS } from '../../session/routes.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { icon } from '../../ui/icons.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/**
 * The actions for a model.
 *
 * Events: `use-model`, `send-model`, `export-model`, `rename-model` and `delete-model`, each with the
 * ModelRecord in `detail`.
 */
@customElement('pp-model-buttons')
export class ModelButtons extends LitElement {
  @property({ attribute: false }) accessor model!: ModelRecord;
  @property({ type: Boolean }) accessor inUse = false;
  /** Whether its base is installed and unchanged. */
  @property({ type: Boolean }) accessor usable = false;
  /** The model that the comparison link compares it with; no link if undefined. */
  @property({ attribute: false }) accessor partner: ModelRecord | undefined;

  override render() {
    const { id, name } = this.model;
    return html`
      ${
        this.inUse
          ? nothing
          : html`<button
              class="use"
              data-action="use"
              aria-label=${msg(str`Use ${name}`)}
              ?disabled=${!this.usable}
              @click=${() => this.#send('use-model')}
            >
              ${msg('Use', { id: 'use-model', desc: 'button: use a model' })}
            </button>`
      }
      ${
        this.partner
          ? html`<a
              class="button"
              data-action="compare"
              aria-label=${msg(str`Compare ${name}`)}
              href=${hrefOfModel(id, { with: this.partner.id })}
              >${msg('Compare')}</a
            >`
          : nothing
      }
      <div class="tools">
        <button
          class="round"
          data-action="send"
          aria-label=${msg(str`Send ${name} to another phone`)}
          ?disabled=${!this.usable}
          @click=${() => this.#send('send-model')}
        >
          ${icon('share')}
        </button>
        <button
          class="round"
          data-action="export"
          aria-label=${msg(str`Export ${name}`)}
          ?disabled=${!this.usable}
          @click=${() => this.#send('export-model')}
        >
          ${icon('download')}
        </button>
        <button
          class="round"
          data-action="rename"
          aria-label=${msg(str`Rename ${name}`)}
          @click=${() => this.#send('rename-model')}
        >
          ${icon('edit')}
        </button>
        <button
          class="round"
          data-action="delete"
          aria-label=${msg(str`Delete ${name}`)}
          @click=${() => this.#send('delete-model')}
        >
          ${icon('delete')}
        </button>
      </div>
      ${
        // Of a model that was trained elsewhere, they are not known.
        this.model.imported
          ? nothing
          : html`<a
              class="alike"
              ?data-alone=${this.inUse && !this.partner}
              data-action="train-alike"
              href="${hrefOf('train')}?like=${encodeURIComponent(id)}"
              >${msg('Train again with its settings')}</a
            >`
      }
      ${
        this.inUse
          ? html`<a class="alike" data-action="ask-many" href=${MANY_ADDRESS}
              >${msg('Ask it about many photos')}</a
            >`
          : nothing
      }
    `;
  }

  #send(what: 'use-model' | 'send-model' | 'export-model' | 'rename-model' | 'delete-model'): void {
    const options = { detail: this.model, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent(what, options));
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      button,
      .button {
        padding: 0 12px;
      }
      .use {
        border-color: transparent;
        background: var(--press-soft);
        color: var(--press);
      }
      /* They wrap together where the words before them are long. */
      .tools {
        display: flex;
        align-items: center;
        gap: 6px;
        margin-inline-start: auto;
      }
      .alike {
        display: inline-flex;
        flex-basis: 100%;
        align-items: center;
        min-height: var(--target);
        margin-block: -4px -8px;
        color: var(--press);
        font-weight: 600;
        text-underline-offset: 4px;
      }
      /* Beside the round buttons in two lines, or above them where that is too narrow. */
      .alike[data-alone] {
        flex: 1 1 9em;
        order: -1;
        margin-block: 0;
      }
      .round svg {
        width: 20px;
        height: 20px;
      }
    `,
  ];
}

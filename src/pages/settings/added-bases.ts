import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { learning, ownBases } from '../../session/learning.ts';
import { hrefOfAddModel } from '../../session/routes.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import { icon } from '../../ui/icons.ts';
import { notify } from '../../ui/notice.ts';
import { fileSize } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { fineTuning } from '../../widgets/fine-tuning-words.ts';

/** The base models added by the user, with buttons to remove them, and the way to add one. */
@customElement('pp-added-bases')
export class AddedBases extends LitElement {
  @property({ attribute: false }) accessor info!: EngineInfo;
  /** Id of the base that is being removed. */
  @state() private accessor removing: string | undefined;

  override render() {
    const added = this.info.bases.filter((base) => base.own);
    return html`
      ${
        added.length > 0
          ? html`<h3>${msg('Your own')}</h3>
              <ul>
                ${added.map((base) => this.#item(base))}
              </ul>`
          : nothing
      }
      <a class="button" data-action="open-add-model" href=${hrefOfAddModel()}>
        ${icon('plus')} ${msg('Add a model')}
      </a>
    `;
  }

  #item(base: BaseSpec) {
    const { name, architecture } = base;
    const size = fileSize(base.files.reduce((sum, file) => sum + file.bytes, 0));
    const tuning = fineTuning(base);
    const facts = msg(str`${architecture}, ${size}. ${tuning}.`, {
      desc: 'a base model, as in “MobileNetV2, 9 MB. Frozen only.”',
    });
    return html`<li data-own-base=${base.id}>
      <span>
        <strong>${name}</strong>
        <span class="quiet">${facts}</span>
      </span>
      <button
        class="remove"
        aria-label=${msg(str`Remove ${name}`)}
        ?disabled=${this.removing !== undefined}
        @click=${() => this.#remove(base)}
      >
        ${icon('delete')}
      </button>
    </li>`;
  }

  async #remove({ id, name }: BaseSpec): Promise<void> {
    const [defaultBase] = this.info.bases;
    const inUse = this.info.base.id === id;
    this.removing = id;
    try {
      if (inUse) await learning.useBase(defaultBase!.id, defaultBase!.inputSizes[0]!);
      await ownBases.remove(id);
      notify(this, { text: msg(str`“${name}” was removed.`) });
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    } finally {
      this.removing = undefined;
    }
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        gap: 12px;
        justify-items: start;
      }
      h3 {
        margin: 4px 0 0;
        font-size: 0.9375rem;
      }
      ul {
        display: grid;
        gap: 8px;
        width: 100%;
      }
      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        padding-block: 10px;
        padding-inline: 16px 8px;
        border: 1px solid var(--line);
        border-radius: 18px;
      }
      li > span {
        display: grid;
        gap: 2px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .remove {
        flex: none;
        width: var(--target);
        padding: 0;
        border-color: transparent;
        background: transparent;
      }
      .remove svg {
        width: 20px;
        height: 20px;
      }
    `,
  ];
}

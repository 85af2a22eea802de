import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import { newClassName } from '../../../photos/import/label-groups.ts';
import { matchClasses } from '../../../photos/import/match-class.ts';
import { MOST_CLASSES } from '../../../photos/class-limits.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { icon } from '../../../ui/icons.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * Asks for the label of the imported pictures: one button per class.
 *
 * Events: `label` with the ClassRecord in `detail`; `new-class` to create a class with the name of
 * the pictures' folder.
 */
@customElement('pp-import-question')
export class ImportQuestion extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Whether the pictures are already chosen; otherwise a button opens the file picker. */
  @property({ type: Boolean }) accessor ready = false;
  /** Name of the folder that contains the pictures. */
  @property({ attribute: false }) accessor folder: string | undefined;

  override render() {
    const [known] = matchClasses([this.folder], this.classes);
    const name = newClassName(this.folder);
    const canAdd = name !== undefined && !known && this.classes.length < MOST_CLASSES;
    const action = this.ready ? msg('Import') : msg('Choose photos');
    return html`
      <div class="classes" ?data-many=${this.classes.length > 4}>
        ${this.classes.map(
          (label) =>
            html`<button
              data-class=${label.id}
              style=${styleMap({ background: classColour(label.palette, '-fill') })}
              @click=${() => this.dispatchEvent(new CustomEvent('label', { detail: label }))}
            >
              ${label.name}
              <span>${label === known ? msg('As the folder says') : action}</span>
            </button>`,
        )}
      </div>
      ${
        canAdd
          ? html`<button
              class="new"
              data-action="new-class"
              @click=${() => this.dispatchEvent(new Event('new-class'))}
            >
              ${icon('plus')} <span>${msg('New class:')} <bdi>${name}</bdi></span>
            </button>`
          : nothing
      }
    `;
  }

  static override styles = [
    sharedStyles,
    css`
      .classes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(148px, 1fr));
        gap: 12px;
      }
      .classes button {
        flex-direction: column;
        align-items: flex-start;
        text-align: start;
        gap: 2px;
        min-height: 120px;
        padding: 12px 20px;
        border: 0;
        border-radius: var(--radius-wide);
        color: var(--on-dark);
        font-size: 1.375rem;
        font-weight: 700;
        overflow-wrap: anywhere;
      }
      .classes[data-many] button {
        min-height: 84px;
        font-size: 1.0625rem;
      }
      .classes span {
        font-size: 0.875rem;
        font-weight: 600;
      }
      .new {
        width: 100%;
        min-height: 52px;
        margin-block-start: 12px;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { language } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { setKnownClass } from '../../photos/classes.ts';
import { knownMatch } from '../../photos/known-class.ts';
import { Problem } from '../../platform/problem.ts';
import type { ClassRecord } from '../../records/class.ts';
import type { KnownClass } from '../../records/known-classes.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/** Values of the select besides ids of known classes, which are never empty. */
const BY_NAME = '';
const NONE = '-';

/** What a class is, of the classes that the base knows: said, and chosen. "Luna is a: Cat". */
@customElement('pp-known-choice')
export class KnownChoice extends LitElement {
  @property({ attribute: false }) accessor record!: ClassRecord;
  /** The classes that the base knows. */
  @property({ attribute: false }) accessor classes: readonly KnownClass[] = [];

  override render() {
    const { record, classes } = this;
    const { name } = record;
    const byName = knownMatch({ name }, classes)?.known;
    const chosen = record.known === null ? NONE : (record.known ?? BY_NAME);
    const isGone = record.known != null && !classes.some(({ id }) => id === record.known);
    const options = [
      [BY_NAME, byName ? msg(str`${nameOf(byName)} (by its name)`) : msg('Not known to the base')],
      ...(byName ? [[NONE, msg('Not known to the base')] as const] : []),
      ...classes
        .filter(({ id }) => id !== byName?.id || record.known === id)
        .map((known) => [known.id, nameOf(known)] as const)
        .sort(([, a], [, b]) => a.localeCompare(b)),
      ...(isGone ? [[record.known, msg('Known to another base')] as const] : []),
    ] as const;
    return html`<label>
      <span class="quiet">${msg('For the base model it is:')}</span>
      <select
        aria-label=${msg(str`What ${name} is for the base model`)}
        .value=${chosen === NONE && !byName ? BY_NAME : chosen}
        @change=${(event: Event) => void this.#choose((event.target as HTMLSelectElement).value)}
      >
        ${options.map(
          ([value, text]) =>
            html`<option value=${value} ?selected=${value === chosen || nothing}>${text}</option>`,
        )}
      </select>
    </label>`;
  }

  async #choose(value: string): Promise<void> {
    try {
      const known = value === BY_NAME ? undefined : value === NONE ? null : value;
      await setKnownClass(this.record.id, known);
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
      this.requestUpdate();
    }
  }

  static override styles = [
    sharedStyles,
    css`
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 8px;
      }
      select {
        max-width: 100%;
        min-height: var(--target);
        padding-inline: 8px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--card);
        color: inherit;
        font: inherit;
      }
    `,
  ];
}

/** The name to show for a known class. */
function nameOf({ names, id }: KnownClass): string {
  return names[language().code][0] ?? id;
}

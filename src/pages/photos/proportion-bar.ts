import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from '../../ui/style-map.ts';
import { classColour } from '../../ui/class-colour.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * A bar with the proportion of photos in each class; the chips below it show the same as numbers.
 */
@customElement('pp-proportion-bar')
export class ProportionBar extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Number of photos by class id. */
  @property({ attribute: false }) accessor counts: ReadonlyMap<string, number> = new Map();

  override render() {
    return repeat(
      this.classes.filter(({ id }) => (this.counts.get(id) ?? 0) > 0),
      ({ id }) => id,
      ({ id, palette }) =>
        html`<span
          style=${styleMap({ flexGrow: this.counts.get(id)!, background: classColour(palette) })}
        ></span>`,
    );
  }

  static override styles = css`
    :host {
      display: flex;
      gap: 3px;
      height: 9px;
    }
    span {
      min-width: 9px;
      border-radius: 5px;
    }
    @media (prefers-reduced-motion: no-preference) {
      span {
        transition: flex-grow 0.18s ease-out;
      }
    }
  `;
}

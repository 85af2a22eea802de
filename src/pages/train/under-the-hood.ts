import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { learning } from '../../session/learning.ts';
import type { ModelRecord } from '../../records/model.ts';
import { icon } from '../../ui/icons.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { hoodSections, memorySection, type Fact, type HoodSection } from './hood-facts.ts';
import { HoodController } from './hood-controller.ts';
import type { ModelSummaries } from '../../records/summary.ts';
import './augmented-photos.ts';
import './summary-table.ts';

/** Technical details of the base, the engine and the training. */
@customElement('pp-under-the-hood')
export class UnderTheHood extends LitElement {
  @property({ attribute: false }) accessor info: EngineInfo | undefined;
  @property({ attribute: false }) accessor model: ModelRecord | undefined;
  @state() private accessor open = false;
  readonly #engineData = new HoodController(this, learning);

  override willUpdate(): void {
    this.#engineData.follow(this.open ? this.info : undefined, this.model);
  }

  override render() {
    const { memory, summaries } = this.#engineData;
    const sections = hoodSections(this.info, this.model, memory);
    if (sections.length === 0) return nothing;
    return html`<details class="card" data-hood @toggle=${this.#onToggle}>
      <summary>
        <h2>${msg('Under the hood')}</h2>
        ${icon('back')}
      </summary>
      ${sections.map((section) => this.#section(section))}
      ${memory ? this.#section(memorySection(memory)) : nothing}
      ${this.open ? html`<section><pp-augmented-photos></pp-augmented-photos></section>` : nothing}
      ${summaries ? this.#summaries(summaries) : nothing}
    </details>`;
  }

  #section({ title, facts }: HoodSection) {
    return html`<section>
      <h3>${title}</h3>
      <dl>${facts.map((fact) => this.#fact(fact))}</dl>
    </section>`;
  }

  readonly #onToggle = (event: Event) => {
    this.open = (event.currentTarget as HTMLDetailsElement).open;
  };

  #summaries({ base, whole }: ModelSummaries) {
    return html`<section>
        <pp-summary-table heading=${msg('The whole model')} .summary=${whole}></pp-summary-table>
      </section>
      <section>
        <pp-summary-table heading=${msg('Its base')} .summary=${base}></pp-summary-table>
      </section>`;
  }

  #fact([name, value]: Fact) {
    return html`<dt>${name}</dt>
      <dd>${typeof value === 'number' ? wholeNumber(value) : value}</dd>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        padding: 0 20px;
      }
      summary {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 64px;
        list-style: none;
        cursor: pointer;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary svg {
        color: var(--quiet);
        transform: rotate(-90deg);
      }
      [open] summary svg {
        transform: rotate(90deg);
      }
      section {
        padding: 12px 0 16px;
        border-top: 1px solid var(--line);
      }
      h3 {
        margin: 0 0 8px;
        font-size: 0.9375rem;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(104px, auto) 1fr;
        gap: 6px 16px;
        margin: 0;
        font-size: 0.875rem;
      }
      dt {
        color: var(--quiet);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

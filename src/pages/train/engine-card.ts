import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { percent, sizeSoFar } from '../../ui/phrases.ts';
import '../../ui/problem-card.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

const WAITING: Record<
  Exclude<EngineStatus['phase'], 'ready' | 'failed'>,
  { title: string; sentence: string }
> = {
  starting: { title: msg('Starting'), sentence: msg('Your phone gets ready to learn.') },
  downloading: {
    title: msg('Fetching the base model'),
    sentence: msg('Once only. After that, everything works offline.'),
  },
  preparing: {
    title: msg('Checking the base model'),
    sentence: msg('Your phone gets it ready, and makes sure that it computes right.'),
  },
};

/**
 * Progress of starting the learning engine, or why it failed; nothing once it is ready.
 *
 * Event: `retry`, to start it again.
 */
@customElement('pp-engine-card')
export class EngineCard extends LitElement {
  @property({ attribute: false }) accessor status: EngineStatus | undefined;

  override render() {
    if (!this.status || this.status.phase === 'ready') return nothing;
    if (this.status.phase === 'failed') {
      return html`<pp-problem-card
        heading=${msg('Training is not possible yet')}
        .problem=${this.status.problem ?? { message: msg('The learning engine does not start.') }}
        @retry=${() => this.dispatchEvent(new Event('retry'))}
      ></pp-problem-card>`;
    }
    const { title, sentence } = WAITING[this.status.phase];
    const measured = this.status.phase !== 'starting';
    const { download, progress } = this.status;
    const soFar = download ? sizeSoFar(download) : percent(progress);
    return html`<div class="card" role="status">
      <div class="line">
        <h2>${title}</h2>
        ${measured ? html`<span class="quiet">${soFar}</span>` : nothing}
      </div>
      ${
        measured
          ? html`<pp-progress-bar label=${title} .value=${this.status.progress}></pp-progress-bar>`
          : nothing
      }
      <p class="quiet">${sentence}</p>
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
        gap: 10px;
      }
      .line {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
      }
    `,
  ];
}

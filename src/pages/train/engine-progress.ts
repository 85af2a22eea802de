import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { percent, sizeSoFar } from '../../ui/phrases.ts';
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

/** Progress of starting the learning engine; nothing once it is ready or has failed. */
@customElement('pp-engine-progress')
export class EngineProgress extends LitElement {
  @property({ attribute: false }) accessor status: EngineStatus | undefined;

  override render() {
    if (!this.status || this.status.phase === 'ready' || this.status.phase === 'failed') {
      return nothing;
    }
    const { title, sentence } = WAITING[this.status.phase];
    const measured = this.status.phase !== 'starting';
    const { download, progress } = this.status;
    const soFar = download ? sizeSoFar(download) : percent(progress);
    return html`<div class="progress" role="status">
      <div class="line">
        <strong>${title}</strong>
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
      .progress {
        display: grid;
        gap: 6px;
      }
      .line {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
      }
      strong {
        font-size: 0.875rem;
      }
    `,
  ];
}

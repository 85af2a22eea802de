import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { airplaneMode } from '../../app/airplane-mode.ts';
import { learning } from '../../app/learning.ts';
import { updates, type OfflineState } from '../../app/updates.ts';
import type { EngineStatus } from '../../learning/service.ts';
import { icon } from '../../ui/icons.ts';
import { percent } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { sectionStyles } from './section-styles.ts';

const APP_FILES: Record<OfflineState, string> = {
  installing: 'Being stored…',
  ready: 'On this phone',
  failed: 'Not stored',
  unsupported: 'Not possible in this browser',
};

/** Whether everything works without a network, and what is missing if it does not. */
@customElement('pp-airplane-section')
export class AirplaneSection extends LitElement {
  readonly #sources: readonly EventTarget[] = [airplaneMode, updates, learning];
  readonly #onChange = () => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    for (const source of this.#sources) source.addEventListener('change', this.#onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const source of this.#sources) source.removeEventListener('change', this.#onChange);
  }

  override render() {
    return html`<section class="card" data-airplane=${airplaneMode.ready}>
      <div class="title">
        ${icon('airplane-mode')}
        <h2>Airplane mode</h2>
      </div>
      <dl>
        <div class="row">
          <dt>The app</dt>
          <dd>${this.#badge(APP_FILES[updates.offline], updates.offline === 'ready')}</dd>
        </div>
        <div class="row">
          <dt>The base model</dt>
          <dd>
            ${this.#badge(baseModelState(learning.status), learning.status.phase === 'ready')}
          </dd>
        </div>
      </dl>
      <p class="quiet">
        ${
          airplaneMode.ready
            ? 'Ready. Taking photos, training and live answers work without a network.'
            : 'Stay online a moment longer: then everything works without a network.'
        }
      </p>
      ${
        updates.waiting
          ? html`<button @click=${() => updates.apply()}>Reload for the new version</button>`
          : updates.offline === 'failed'
            ? html`<button @click=${() => updates.retry()}>Try again</button>`
            : nothing
      }
    </section>`;
  }

  #badge(text: string, good: boolean) {
    return good ? html`<span class="badge">${icon('check')} ${text}</span>` : text;
  }

  static override styles = [sharedStyles, sectionStyles];
}

function baseModelState({ phase, progress }: EngineStatus): string {
  switch (phase) {
    case 'ready':
      return 'On this phone';
    case 'downloading':
      return percent(progress);
    case 'failed':
      return 'Not here';
    case 'starting':
    case 'preparing':
      return 'Being checked…';
  }
}

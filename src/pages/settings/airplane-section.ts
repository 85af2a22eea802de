import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { airplaneMode } from '../../session/airplane-mode.ts';
import { learning } from '../../session/learning.ts';
import { updates, type OfflineState } from '../../session/updates.ts';
import { withheldHere } from '../../session/withheld-here.ts';
import { workUnderWay } from '../../session/work-under-way.ts';
import { msg } from '../../i18n/msg.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { icon } from '../../ui/icons.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { percent, sizeSoFar } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { airplaneSentence } from './airplane-sentence.ts';
import { sectionStyles } from './section-styles.ts';

const APP_FILES: Record<OfflineState, string> = {
  installing: msg('Being stored…'),
  ready: msg('On this phone'),
  failed: msg('Not stored'),
  unsupported: msg('Not possible in this browser'),
};

const LATER: Readonly<Record<NonNullable<typeof workUnderWay.what>, string>> = {
  training: msg('A new version is here. It can start when the training is over.'),
  import: msg('A new version is here. It can start when the import is over.'),
  backup: msg('A new version is here. It can start when the backup is over.'),
  export: msg('A new version is here. It can start when the export is over.'),
};

/** Shows whether everything works offline, and what is missing if it does not. */
@customElement('pp-airplane-section')
export class AirplaneSection extends LitElement {
  constructor() {
    super();
    const sources: readonly EventTarget[] = [airplaneMode, updates, learning, workUnderWay];
    for (const source of sources) new ListenController(this, source, 'change');
  }

  override render() {
    return html`<section class="card" data-airplane=${airplaneMode.ready}>
      <div class="title">
        ${icon('airplane-mode')}
        <h2>${msg('Airplane mode')}</h2>
      </div>
      <dl>
        <div class="row">
          <dt>${msg('The app')}</dt>
          <dd>${this.#badge(APP_FILES[updates.offline], updates.offline === 'ready')}</dd>
        </div>
        <div class="row">
          <dt>${msg('The base model')}</dt>
          <dd>${this.#badge(baseModelState(learning.status), isBaseStored(learning.status))}</dd>
        </div>
      </dl>
      <p class="quiet" data-sentence>
        ${withheldHere()?.message ?? airplaneSentence(updates.offline, learning.status)}
      </p>
      ${this.#retry()} ${updates.waiting ? this.#update() : nothing}
    </section>`;
  }

  #retry() {
    const appFailed = updates.offline === 'failed';
    const engineFailed = learning.status.phase === 'failed';
    if (withheldHere() || (!appFailed && !engineFailed)) return nothing;
    const retry = () => {
      if (appFailed) void updates.retry();
      // The engine's status contains the failure.
      if (engineFailed) learning.start().catch(() => undefined);
    };
    return html`<button @click=${retry}>${msg('Try again')}</button>`;
  }

  /** The offer to reload; not while work is running, which a reload would interrupt. */
  #update() {
    const { what } = workUnderWay;
    return what
      ? html`<p class="quiet">${LATER[what]}</p>`
      : html`<button @click=${() => updates.apply()}>${msg('Reload for the new version')}</button>`;
  }

  #badge(text: string, good: boolean) {
    return good ? html`<span class="badge">${icon('check')} ${text}</span>` : text;
  }

  static override styles = [sharedStyles, sectionStyles];
}

function isBaseStored({ phase, info }: EngineStatus): boolean {
  return phase === 'ready' && info?.baseStored === true;
}

function baseModelState(status: EngineStatus): string {
  switch (status.phase) {
    case 'ready':
      return isBaseStored(status) ? msg('On this phone') : msg('Not kept: no room');
    case 'downloading':
      return status.download ? sizeSoFar(status.download) : percent(status.progress);
    case 'failed':
      return msg('Not here');
    case 'starting':
    case 'preparing':
      return msg('Being checked…');
  }
}

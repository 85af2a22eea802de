import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { hrefOf } from '../../../session/routes.ts';
import { msg } from '../../../i18n/msg.ts';
import { fromShared, type PictureSource } from '../../../photos/import/picture-source.ts';
import { importRun } from '../../../session/import-run.ts';
import {
  discardShared,
  storeShared,
  listShared,
  type SharedFile,
} from '../../../photos/import/shared-files.ts';
import { isModelFileName } from '../../../models/formats/phone/phone-model.ts';
import { offerModelFiles } from '../../../session/opened-files.ts';
import { Problem } from '../../../platform/problem.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { notify } from '../../../ui/notice.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { discardedSentence, waitingSentence } from './import-sentences.ts';

/**
 * Photos shared from other apps that have no label yet; renders nothing if there are none. After a
 * share, the question for the label opens by itself.
 *
 * Event: `import-shared` with a PictureSource in `detail`.
 */
@customElement('pp-shared-photos')
export class SharedPhotos extends LitElement {
  @state() private accessor shared: readonly SharedFile[] = [];

  constructor() {
    super();
    new ListenController(this, window, 'hashchange', () => void this.#onAddress());
    new ListenController(this, importRun, 'change', () => this.#onRun());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#onAddress();
  }

  override render() {
    if (this.shared.length === 0 || importRun.running) return nothing;
    return html`<section
      class="card"
      aria-label=${msg('Shared photos')}
      data-shared=${this.shared.length}
    >
      <p>${waitingSentence(this.shared.length)}</p>
      <div class="actions">
        <button data-action="discard-shared" @click=${this.#discard}>${msg('Discard')}</button>
        <button class="answer" data-action="label-shared" @click=${this.#ask}>
          ${msg('Label', { id: 'label-shared', desc: 'button: give shared photos a label' })}
        </button>
      </div>
    </section>`;
  }

  /** The service worker redirects a share to `#/photos?shared`. */
  async #onAddress(): Promise<void> {
    await this.#read();
    const asked = new URLSearchParams(location.hash.split('?')[1]).get('shared');
    if (asked === null || !this.isConnected) return;
    if (asked === 'failed' || asked === 'empty') {
      notify(this, { text: asked === 'failed' ? notKept() : nothingArrived(), tone: 'wrong' });
      // Otherwise a reload shows the notice again.
      history.replaceState(history.state, '', hrefOf('photos'));
    } else if (this.shared.length > 0 && !importRun.running) {
      this.#ask();
    }
  }

  #onRun(): void {
    if (importRun.running) this.requestUpdate();
    else void this.#read();
  }

  async #read(): Promise<void> {
    // Without Cache Storage nothing can have been shared.
    const shared = await listShared().catch(() => []);
    const models = shared.filter(({ file }) => isModelFileName(file.name));
    this.shared = shared.filter((one) => !models.includes(one));
    if (models.length === 0) return;
    await this.#attempt(() => discardShared(models.map(({ key }) => key)));
    offerModelFiles(models.map(({ file }) => file));
  }

  readonly #ask = () => {
    const detail: PictureSource = fromShared(this.shared);
    this.dispatchEvent(new CustomEvent('import-shared', { detail }));
  };

  readonly #discard = () => void this.#discardAll();

  async #discardAll(): Promise<void> {
    const { shared } = this;
    await this.#attempt(() => discardShared(shared.map(({ key }) => key)));
    const undo = () => this.#attempt(() => storeShared(shared.map(({ file }) => file)));
    notify(this, {
      text: discardedSentence(shared.length),
      action: { label: msg('Undo'), run: () => void undo() },
    });
  }

  async #attempt(change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
    await this.#read();
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        margin: 0 var(--side, 16px) 12px;
        padding: 16px 20px;
      }
      .actions {
        display: flex;
        gap: 8px;
      }
      .answer {
        border-color: transparent;
        background: var(--press);
        color: var(--on-press);
      }
    `,
  ];
}

const notKept = () => msg('What you shared could not be kept. Free some space and share it again.');

const nothingArrived = () =>
  msg('Nothing arrived with this share. Share the photos again, or choose them here with Import.');

import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { listPhotos } from '../../photos/repository.ts';
import { icon } from '../../ui/icons.ts';
import { fileSize, wholeNumber } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../ui/stored-controller.ts';
import { sectionStyles } from './section-styles.ts';

interface StorageFacts {
  readonly photos: number;
  /** Bytes in use and to be had, where the browser tells. */
  readonly usage: number | undefined;
  readonly quota: number | undefined;
  /** The browser promised to keep the data; undefined where it makes no such promise. */
  readonly persisted: boolean | undefined;
}

async function loadStorageFacts(): Promise<StorageFacts> {
  // Absent without HTTPS and in older browsers, whatever the types say.
  const storage = navigator.storage as Partial<StorageManager> | undefined;
  const [photos, estimate, persisted] = await Promise.all([
    listPhotos(),
    storage?.estimate?.(),
    storage?.persisted?.(),
  ]);
  return { photos: photos.length, usage: estimate?.usage, quota: estimate?.quota, persisted };
}

/** What the app keeps on this phone, and whether the browser promised not to clear it. */
@customElement('pp-storage-section')
export class StorageSection extends LitElement {
  @state() private answer = '';
  readonly #facts = new StoredController(this, ['photos', 'models'], loadStorageFacts);

  override render() {
    const { value: facts, problem } = this.#facts;
    return html`<section class="card">
      <div class="title">
        ${icon('photos')}
        <h2>On this phone</h2>
      </div>
      ${problem ? html`<p class="quiet">${problem.message}</p>` : nothing}
      ${facts ? this.#rows(facts) : nothing}
    </section>`;
  }

  #rows({ photos, usage, quota, persisted }: StorageFacts) {
    return html`
      <dl>
        <div class="row">
          <dt>Photos</dt>
          <dd>${wholeNumber(photos)}</dd>
        </div>
        ${
          usage === undefined || quota === undefined
            ? nothing
            : html`<div class="row">
                  <dt>Storage used</dt>
                  <dd>${fileSize(usage)}</dd>
                </div>
                <div class="row">
                  <dt>Still free for the app</dt>
                  <dd>${fileSize(Math.max(0, quota - usage))}</dd>
                </div>`
        }
        <div class="row">
          <dt>Protected</dt>
          <dd data-persisted=${String(persisted ?? false)}>
            ${
              persisted
                ? html`<span class="badge">${icon('check')} Yes</span>`
                : persisted === undefined
                  ? 'This browser does not say'
                  : 'Not yet'
            }
          </dd>
        </div>
      </dl>
      <p class="quiet">
        ${
          persisted
            ? 'The browser will not clear your photos when the phone runs short of space.'
            : 'When the phone runs short of space, the browser may clear your photos. Installing the app helps; so does asking.'
        }
      </p>
      ${
        persisted === false
          ? html`<button data-action="persist" @click=${this.#ask}>Ask to keep my photos</button>`
          : nothing
      }
      <p class="quiet answer" role="status">${this.answer}</p>
    `;
  }

  readonly #ask = async () => {
    const granted = await navigator.storage.persist().catch(() => false);
    this.answer = granted
      ? 'The browser agreed.'
      : 'The browser did not agree this time. Install the app, use it a few times, then ask again.';
    await this.#facts.reload();
  };

  static override styles = [sharedStyles, sectionStyles];
}

import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { countPhotos } from '../../photos/repository.ts';
import { askToKeep, storageFacts, type StorageFacts } from '../../storage/keep-data.ts';
import type { Settings } from '../../storage/schema.ts';
import { getSetting } from '../../storage/settings.ts';
import { icon } from '../../ui/icons.ts';
import { fileSize, wholeNumber } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { isClearedUnused, sevenDaysSentence } from '../../session/seven-days.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { sectionStyles } from './section-styles.ts';

interface Facts extends StorageFacts {
  /** Number of photos. */
  readonly photos: number;
  /** The last request for persistent storage and its result; undefined if there was none. */
  readonly asked: Settings['keepAsked'] | undefined;
}

const moment = new Intl.DateTimeFormat(intlTag(), { dateStyle: 'long' });

async function loadFacts(): Promise<Facts> {
  const [counts, facts, asked] = await Promise.all([
    countPhotos(),
    storageFacts(),
    getSetting('keepAsked'),
  ]);
  const photos = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { ...facts, photos, asked };
}

/** What the app stores on this device, and whether the storage is persistent. */
@customElement('pp-storage-section')
export class StorageSection extends LitElement {
  @state() private accessor answer = '';
  readonly #facts = new StoredController(this, ['photos', 'models', 'settings'], loadFacts);

  override render() {
    const { value: facts, problem } = this.#facts;
    return html`<section class="card">
      <div class="title">
        ${icon('photos')}
        <h2>${msg('On this phone')}</h2>
      </div>
      ${problem ? html`<p class="quiet">${problem.message}</p>` : nothing}
      ${facts ? this.#rows(facts) : nothing}
    </section>`;
  }

  #rows({ photos, usage, quota, kept, asked }: Facts) {
    return html`
      <dl>
        <div class="row">
          <dt>${msg('Photos')}</dt>
          <dd>${wholeNumber(photos)}</dd>
        </div>
        ${
          usage === undefined || quota === undefined
            ? nothing
            : html`<div class="row">
                  <dt>${msg('Storage used')}</dt>
                  <dd>${fileSize(usage)}</dd>
                </div>
                <div class="row">
                  <dt>${msg('Still free for the app')}</dt>
                  <dd>${fileSize(Math.max(0, quota - usage))}</dd>
                </div>`
        }
        <div class="row">
          <dt>${msg('Protected')}</dt>
          <dd data-persisted=${String(kept ?? false)}>
            ${
              kept
                ? html`<span class="badge">${icon('check')} ${msg('Yes')}</span>`
                : kept === undefined
                  ? msg('This browser does not say')
                  : msg('Not yet')
            }
          </dd>
        </div>
      </dl>
      <p class="quiet">
        ${
          kept
            ? msg('The browser will not clear your photos when the phone runs short of space.')
            : kept === undefined
              ? msg(
                  'When the phone runs short of space, the browser may clear your photos. Installing the app helps.',
                )
              : msg(
                  'When the phone runs short of space, the browser may clear your photos. Installing the app helps; so does asking.',
                )
        }
      </p>
      ${isClearedUnused() ? html`<p data-seven-days>${sevenDaysSentence()}</p>` : nothing}
      ${
        asked && kept === false
          ? html`<p class="quiet" data-keep-asked>${refusalSentence(asked.at)}</p>`
          : nothing
      }
      ${
        kept === false
          ? html`<button data-action="persist" @click=${this.#ask}>
              ${msg('Ask to keep my photos')}
            </button>`
          : nothing
      }
      <p class="quiet answer" role="status">${this.answer}</p>
    `;
  }

  readonly #ask = async () => {
    const granted = await askToKeep().catch(() => false);
    this.answer = granted
      ? msg('The browser agreed.')
      : msg(
          'The browser did not agree this time. Install the app, use it a few times, then ask again.',
        );
    await this.#facts.reload();
  };

  static override styles = [sharedStyles, sectionStyles];
}

function refusalSentence(time: number): string {
  const date = moment.format(time);
  return msg(str`The browser was asked on ${date} and did not agree.`);
}

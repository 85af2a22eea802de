import { html, nothing } from 'lit';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { isInsecure } from '../../platform/withheld.ts';
import { chooseBackup } from '../../session/choose-backup.ts';
import { dataLossDetector } from '../../session/data-loss-detector.ts';
import { installApp, isIos } from '../../session/install-app.ts';
import { hrefOf } from '../../session/routes.ts';
import { icon } from '../../ui/icons.ts';
import { photoCount } from '../../ui/phrases.ts';

/** What the Photos page shows of a library without photos. @param onImport opens the import */
export function emptyLibrary(onImport: () => void) {
  const gone = dataLossDetector.lost?.photos ?? 0;
  if (gone > 0) return lostLibrary(gone, onImport);
  return html`<div class="empty">
    <div class="emblem">${icon('photos')}</div>
    <h2>${msg('No photos yet')}</h2>
    ${isInsecure() ? nothing : waysToPhotos(onImport)}
  </div>`;
}

/** At an address by plain http, none of them works. */
function waysToPhotos(onImport: () => void) {
  return html`<p class="quiet">
      ${msg(str`Take about ${ENOUGH_PHOTOS} of each kind. That is enough for a first training.`)}
    </p>
    <a class="button primary" href=${hrefOf('capture')}>${icon('capture')} ${msg('Take photos')}</a>
    ${importButton(onImport)}
    ${
      installApp.way === 'installed' && isIos()
        ? html`<button data-action="restore-first" @click=${chooseBackup}>
            ${icon('download')} ${msg('Restore a backup')}
          </button>`
        : nothing
    }`;
}

/** Shown until the user dismisses the message about the lost photos. */
function lostLibrary(gone: number, onImport: () => void) {
  const photos = photoCount(gone);
  return html`<div class="empty" data-lost>
    <div class="emblem">${icon('warning')}</div>
    <h2>
      ${plural(gone, { one: msg(str`${photos} is gone`), other: msg(str`${photos} are gone`) })}
    </h2>
    <p class="quiet">
      ${msg('The browser cleared them from this phone. If you have a backup, it brings them back.')}
    </p>
    <a class="button primary" href="${hrefOf('settings')}?restore">${msg('Restore a backup')}</a>
    ${importButton(onImport)}
  </div>`;
}

function importButton(onImport: () => void) {
  return html`<button data-action="import" @click=${onImport}>
    ${icon('plus')} ${msg('Import photos')}
  </button>`;
}

import { html, type TemplateResult } from 'lit';
import { msg } from '../i18n/msg.ts';
import { canvasWatch } from '../session/canvas-watch.ts';
import { dataLossDetector } from '../session/data-loss-detector.ts';
import { freeSpaceWatch } from '../session/free-space-watch.ts';
import { hrefOf } from '../session/routes.ts';
import { withheldHere } from '../session/withheld-here.ts';
import { slowOpening } from '../storage/slow-opening.ts';
import './banner.ts';
import { lossSentence } from './loss-sentence.ts';

/**
 * The banner about what the browser stores for the app: it withholds it, takes long to open it, has
 * cleared it, or it is full.
 */
export function storageBanner(): TemplateResult | undefined {
  const withheld = withheldHere() ?? canvasWatch.problem;
  if (withheld) {
    return html`<pp-banner
      icon="warning"
      data-withheld=${withheld.kind}
      text=${withheld.message}
    ></pp-banner>`;
  }
  if (slowOpening.isSlow) {
    return html`<pp-banner
      icon="warning"
      data-slow
      text=${msg('Your photo library takes long to open, as after a crash or an update. Leave the app open.')}
    ></pp-banner>`;
  }
  // On a disk without a free byte, Chromium clears what sites have stored: that is the first news.
  if (dataLossDetector.lost) {
    return html`<pp-banner
      icon="warning"
      data-lost
      .text=${lossSentence(dataLossDetector.lost)}
      action=${msg('Restore a backup')}
      dismissable
      dismissal=${msg('Understood')}
      @action=${() => (location.hash = `${hrefOf('settings')}?restore`)}
      @dismiss=${() => dataLossDetector.acknowledge()}
    ></pp-banner>`;
  }
  if (freeSpaceWatch.full) {
    return html`<pp-banner
      icon="warning"
      data-full=${freeSpaceWatch.full}
      text=${
        freeSpaceWatch.full === 'disk'
          ? msg(
              'The disk is full. Your photos are safe, but no more can be saved. Delete some, or free space.',
            )
          : msg(
              'This phone’s storage is full. Your photos are safe, but no more can be saved. Delete some, or free space.',
            )
      }
      action=${msg('Try again')}
      @action=${() => void freeSpaceWatch.tryAgain()}
    ></pp-banner>`;
  }
  return undefined;
}

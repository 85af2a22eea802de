import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { importRun } from '../../../session/import-run.ts';
import { icon } from '../../../ui/icons.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { photoCount, wholeNumber } from '../../../ui/phrases.ts';
import '../../../ui/progress-bar.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { speedSentence } from './import-sentences.ts';

/** How far the running import is, with its speed and buttons to pause and stop it. */
@customElement('pp-import-progress')
export class ImportProgressElement extends LitElement {
  constructor() {
    super();
    new ListenController(this, importRun, 'change');
  }

  override render() {
    const { progress, perSecond, paused } = importRun;
    if (!progress) return nothing;
    const { done, total, added } = progress;
    const [through, all] = [wholeNumber(done), wholeNumber(total)];
    const photos = photoCount(added);
    return html`
      <p class="quiet">
        ${msg(str`${through} of ${all}. ${photos} added so far.`, { desc: '3 of 12. 2 photos …' })}
      </p>
      <pp-progress-bar
        label=${msg('Importing photos')}
        .value=${total > 0 ? done / total : 0}
      ></pp-progress-bar>
      <p class="quiet" data-speed>
        ${paused ? msg('Paused') : speedSentence(perSecond, total - done)}
      </p>
      <div class="actions">
        <button data-action="cancel-import" @click=${() => importRun.stop()}>${msg('Stop')}</button>
        ${
          paused
            ? html`<button
                class="primary"
                data-action="continue-import"
                @click=${() => importRun.resume()}
              >
                ${icon('play')} ${msg('Continue')}
              </button>`
            : html`<button data-action="pause-import" @click=${() => importRun.pause()}>
                ${icon('pause')} ${msg('Pause')}
              </button>`
        }
      </div>
    `;
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    css`
      p {
        margin-block-start: 4px;
      }
      pp-progress-bar {
        margin-block-start: 20px;
      }
      [data-speed] {
        min-height: 1.5em;
        margin-block-start: 8px;
        font-variant-numeric: tabular-nums;
      }
      .actions button {
        padding-inline: 12px;
      }
    `,
  ];
}

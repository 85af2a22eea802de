import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { ExportFormat } from '../../../photos/export/export-library.ts';
import { canShare, saveFile, shareOrSave } from '../../../platform/save-file.ts';
import { photoExportRun, type ExportState } from '../../../session/photo-export-run.ts';
import { choiceStyles } from '../../../ui/choice-styles.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { fileSize, photoCount, wholeNumber } from '../../../ui/phrases.ts';
import { problemLine, problemLineStyles } from '../../../ui/problem-line.ts';
import '../../../ui/progress-bar.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';

/** The formats in the order in which they are offered. */
const FORMATS: readonly {
  readonly id: ExportFormat;
  readonly title: string;
  readonly text: string;
}[] = [
  {
    id: 'data-set',
    title: msg('Folders in a zip'),
    text: msg(
      'For Keras and most other tools: train, validation and test, as Train divides them. A script that trains them goes along.',
    ),
  },
  {
    id: 'teachable-machine',
    title: msg('Teachable Machine project'),
    text: msg('A .tm file, with pictures of 224 pixels.'),
  },
];

/**
 * The sheet that exports photos: the choice of the format, the progress and the result. An export
 * continues when the sheet is closed; it opens again to offer the file.
 */
@customElement('pp-export-photos-dialog')
export class ExportPhotosDialog extends LitElement {
  /** Ids of the photos to export. */
  @state() private accessor chosen: ReadonlySet<string> = new Set();
  @state() private accessor format: ExportFormat = 'data-set';
  @query('h2') private accessor heading!: HTMLElement | null;
  readonly #dialog = new DialogController(this, {
    onClosed: () => photoExportRun.dismiss(),
    // A finished file is offered until the person says that they do not want it.
    ignoresBackdrop: () => photoExportRun.state.kind === 'written',
  });
  #shown: ExportState['kind'] = 'idle';

  constructor() {
    super();
    new ListenController(this, photoExportRun, 'change', () => this.#onRun());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Offers the file of an export that ended while another page was open.
    void this.updateComplete.then(() => this.#onRun());
  }

  /**
   * Opens the sheet; a running export, or its result, is shown first.
   *
   * @param chosen ids of the photos to export
   */
  open(chosen: ReadonlySet<string>): void {
    this.chosen = chosen;
    void this.#dialog.open();
  }

  override render() {
    const { state } = photoExportRun;
    return html`<dialog
      class="sheet"
      autofocus
      aria-labelledby="title"
      data-export-state=${state.kind}
    >
      ${this.#content(state)}
    </dialog>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { kind } = photoExportRun.state;
    if (kind === this.#shown) return;
    this.#shown = kind;
    // The pressed button no longer exists, so the focus moves to the heading.
    if (this.#dialog.isOpen) this.heading?.focus({ preventScroll: true });
  }

  #content(state: ExportState) {
    switch (state.kind) {
      case 'idle':
        return this.#choice();
      case 'writing':
        return this.#working(state);
      case 'written':
        return this.#written(state);
      case 'failed':
        return html`
          ${this.#heading(msg('The photos were not exported'))}
          ${problemLine(state.problem.message)}
          <div class="actions">
            <button class="primary" @click=${this.#dialog.close}>${msg('Done')}</button>
          </div>
        `;
    }
  }

  #choice() {
    return html`
      <div class="heading">
        ${this.#heading(exportTitle(this.chosen.size))}
        <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
          ${icon('close')}
        </button>
      </div>
      <p class="quiet">${msg('Square photos without place or camera data, made on this phone.')}</p>
      <fieldset class="choices" aria-labelledby="title">
        ${FORMATS.map(
          ({ id, title, text }) =>
            html`<label>
              <input
                type="radio"
                name="format"
                value=${id}
                .checked=${this.format === id}
                @change=${() => (this.format = id)}
              />
              <span><strong>${title}</strong> <span class="quiet">${text}</span></span>
            </label>`,
        )}
      </fieldset>
      <div class="actions">
        <button
          class="primary"
          data-action="start-export"
          ?disabled=${this.chosen.size === 0}
          @click=${() => photoExportRun.write(this.format, this.chosen)}
        >
          ${msg('Export')}
        </button>
      </div>
    `;
  }

  #working({ progress, paused }: Extract<ExportState, { kind: 'writing' }>) {
    const { done, total } = progress ?? { done: 0, total: this.chosen.size };
    const [through, all] = [wholeNumber(done), wholeNumber(total)];
    const title = msg('Exporting photos');
    return html`
      ${this.#heading(title)}
      <p class="quiet">${paused ? msg('Paused') : msg(str`${through} of ${all}`)}</p>
      <pp-progress-bar label=${title} .value=${total > 0 ? done / total : 0}></pp-progress-bar>
      <div class="actions">
        <button data-action="cancel-export" @click=${() => photoExportRun.cancel()}>
          ${msg('Stop')}
        </button>
        ${
          paused
            ? html`<button
                class="primary"
                data-action="continue-export"
                @click=${() => photoExportRun.resume()}
              >
                ${icon('play')} ${msg('Continue')}
              </button>`
            : html`<button data-action="pause-export" @click=${() => photoExportRun.pause()}>
                ${icon('pause')} ${msg('Pause')}
              </button>`
        }
      </div>
    `;
  }

  #written({ file, report }: Extract<ExportState, { kind: 'written' }>) {
    const leftOut = photoCount(report.leftOut);
    return html`
      ${this.#heading(msg('The photos are ready'))}
      <div role="status">
        <p>${file.name}, ${fileSize(file.size)}: ${photoCount(report.photos)}</p>
        ${
          report.leftOut > 0
            ? html`<p>
                ${msg(str`Left out, because it could not be read: ${leftOut}.`, {
                  desc: 'photos, models and base models: “3 photos and Model 2”',
                })}
              </p>`
            : nothing
        }
      </div>
      <div class="actions">
        ${
          canShare(file)
            ? html`<button data-action="share-export" @click=${() => this.#share(file)}>
                ${icon('share')} ${msg('Share')}
              </button>`
            : html`<button @click=${this.#dialog.close}>${msg('Close')}</button>`
        }
        <button class="primary" data-action="save-export" @click=${() => this.#save(file)}>
          ${icon('download')} ${msg('Save')}
        </button>
      </div>
    `;
  }

  #heading(title: string) {
    return html`<h2 id="title" tabindex="-1">${title}</h2>`;
  }

  #save(file: File): void {
    saveFile(file);
    this.#dialog.close();
  }

  async #share(file: File): Promise<void> {
    if (await shareOrSave(file)) this.#dialog.close();
  }

  #onRun(): void {
    this.requestUpdate();
    const { kind } = photoExportRun.state;
    if (this.isConnected && (kind === 'written' || kind === 'failed')) void this.#dialog.open();
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    problemLineStyles,
    choiceStyles,
    css`
      h2:focus {
        outline: none;
      }
      p {
        margin-block-start: 8px;
        overflow-wrap: anywhere;
      }
      .choices,
      pp-progress-bar {
        margin-block-start: 20px;
      }
    `,
  ];
}

function exportTitle(count: number): string {
  const photos = photoCount(count);
  return plural(count, {
    one: msg(str`Export ${photos}`, { id: 'export-one', desc: '“1 photo”' }),
    other: msg(str`Export ${photos}`, { id: 'export-photos', desc: '“3 photos”' }),
  });
}

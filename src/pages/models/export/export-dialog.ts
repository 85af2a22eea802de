import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { canShare, saveFile, shareOrSave } from '../../../platform/save-file.ts';
import type { ExportOffer } from '../../../records/export.ts';
import type { ModelRecord } from '../../../records/model.ts';
import { ModelExportRun, type ExportState } from '../../../session/model-export-run.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import { fileSize, percent } from '../../../ui/phrases.ts';
import { problemLine, problemLineStyles } from '../../../ui/problem-line.ts';
import '../../../ui/progress-bar.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { formatWords, omitsSentence, writingSentence } from './export-sentences.ts';

/** The sheet that exports a model: the choice of a format, the progress, and the file. */
@customElement('pp-export-dialog')
export class ExportDialog extends LitElement {
  @state() private accessor model: ModelRecord | undefined;
  #run: ModelExportRun | undefined;
  readonly #dialog = new DialogController(this, {
    onClosed: () => {
      this.#run?.close();
      this.#run = undefined;
      this.requestUpdate();
    },
    ignoresBackdrop: () => this.#run?.state.kind === 'writing',
  });

  open(model: ModelRecord): void {
    this.#run?.close();
    this.model = model;
    this.#run = new ModelExportRun(model.id);
    this.#run.addEventListener('change', () => void this.#onChange());
    void this.#dialog.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.close();
  }

  override render() {
    const state = this.#run?.state;
    return html`<dialog
      class="sheet"
      autofocus
      aria-labelledby="title"
      data-export-state=${state?.kind ?? ''}
    >
      ${state ? this.#content(state) : nothing}
    </dialog>`;
  }

  #content(state: ExportState) {
    switch (state.kind) {
      case 'opening':
        return this.#working(msg('Opening the model…'), 0);
      case 'choosing':
        return this.#choice(state.offers);
      case 'writing':
        return this.#working(writingSentence(state.format), state.progress);
      case 'ready':
        return this.#ready(state);
      case 'failed':
        return html`
          ${this.#heading(msg('Not exported'))} ${problemLine(state.problem.message)}
          <div class="actions">
            <button data-action="other-format" @click=${() => this.#run?.choose()}>
              ${msg('Try again')}
            </button>
            <button class="primary" @click=${this.#dialog.close}>${msg('Close')}</button>
          </div>
        `;
    }
  }

  #heading(title: string) {
    return html`<div class="heading">
      <h2 id="title" tabindex="-1">${title}</h2>
      <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
        ${icon('close')}
      </button>
    </div>`;
  }

  #choice(offers: readonly ExportOffer[]) {
    const name = this.model?.name ?? '';
    return html`
      ${this.#heading(msg(str`Export ${name}`))}
      <p class="quiet">
        ${msg('No photo of yours goes along. A model card says what it learned from and how well it does.')}
      </p>
      <ul>
        ${offers.map((offer) => this.#offer(offer))}
      </ul>
    `;
  }

  #offer({ format, hindrance, omits }: ExportOffer) {
    const { name, line } = formatWords(format);
    const omitted = omitsSentence(omits);
    return html`<li>
      <button
        class="format"
        data-format=${format}
        ?disabled=${hindrance !== undefined}
        @click=${() => void this.#run?.write(format)}
      >
        <span class="name">${name}</span>
        <span class="quiet">${line}</span>
        ${
          hindrance === undefined
            ? omitted
              ? html`<span class="quiet">${omitted}</span>`
              : nothing
            : html`<span class="hindrance">${hindrance}</span>`
        }
      </button>
    </li>`;
  }

  #working(sentence: string, progress: number) {
    return html`
      ${this.#heading(msg('Exporting'))}
      <p class="quiet" role="status">${sentence}</p>
      <pp-progress-bar label=${sentence} .value=${progress}></pp-progress-bar>
      <div class="actions">
        <button data-action="stop-export" @click=${this.#dialog.close}>${msg('Stop')}</button>
      </div>
    `;
  }

  #ready({ file, exported }: Extract<ExportState, { kind: 'ready' }>) {
    return html`
      ${this.#heading(formatWords(exported.format).name)}
      <p role="status">${msg('It was read again, and answers drawn pictures as the app does.')}</p>
      <p class="quiet">${file.name}, ${fileSize(file.size)}</p>
      ${
        exported.difference > 0.0005
          ? html`<p class="quiet">
              ${msg(str`Rounded to half the size: probabilities differ by up to ${percent(exported.difference)}.`)}
            </p>`
          : nothing
      }
      <div class="actions">
        ${
          canShare(file)
            ? html`<button data-action="share-export" @click=${() => this.#share(file)}>
                ${msg('Share')}
              </button>`
            : html`<button data-action="other-format" @click=${() => this.#run?.choose()}>
                ${msg('Another format')}
              </button>`
        }
        <button class="primary" data-action="save-export" @click=${() => this.#save(file)}>
          ${msg('Save')}
        </button>
      </div>
    `;
  }

  #save(file: File): void {
    saveFile(file);
    this.#dialog.close();
  }

  async #share(file: File): Promise<void> {
    if (await shareOrSave(file)) this.#dialog.close();
  }

  /** A step that replaces the focused button puts the focus on the heading of the next one. */
  async #onChange(): Promise<void> {
    const hadFocus = this.shadowRoot?.activeElement != null;
    this.requestUpdate();
    await this.updateComplete;
    if (hadFocus && !this.shadowRoot?.activeElement) {
      this.shadowRoot?.querySelector('h2')?.focus({ preventScroll: true });
    }
  }

  static override styles = [
    sharedStyles,
    dialogStyles,
    problemLineStyles,
    css`
      h2 {
        overflow-wrap: anywhere;
      }
      h2:focus {
        outline: none;
      }
      p {
        margin-top: 8px;
        overflow-wrap: anywhere;
      }
      ul {
        display: grid;
        gap: 10px;
        margin: 16px 0 0;
        padding: 0;
        list-style: none;
      }
      .format {
        display: grid;
        gap: 2px;
        justify-items: start;
        width: 100%;
        padding: 12px 16px;
        border-radius: 18px;
        text-align: start;
      }
      .format .quiet,
      .hindrance {
        font-weight: 400;
      }
      .hindrance {
        color: var(--wrong);
        font-size: 0.875rem;
      }
      .format:disabled {
        opacity: 1;
      }
      .format:disabled .name {
        color: var(--quiet);
      }
      pp-progress-bar {
        margin-top: 16px;
      }
    `,
  ];
}

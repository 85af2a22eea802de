import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { isModelFileName } from '../models/formats/phone/phone-model.ts';
import { droppedFiles } from '../photos/import/dropped-files.ts';
import { incomingFiles } from '../session/incoming-files.ts';
import { offerModelFiles } from '../session/opened-files.ts';
import { hrefOf, type Route } from '../session/routes.ts';
import { notify } from '../ui/notice.ts';
import { FileSources } from '../widgets/library/file-sources.ts';

/**
 * Takes files that are dropped on any page, or pasted, and says so while they are dragged. Files
 * that no page takes for itself go to the import, on the Photos page.
 */
@customElement('pp-drop-target')
export class DropTarget extends LitElement {
  @property() accessor route: Route = 'capture';
  readonly #sources = new FileSources(this, {
    onFiles: (transfer) => this.#onFiles(transfer),
    onLink: () => this.#onLink(),
  });

  override render() {
    if (!this.#sources.dragging) return nothing;
    return html`<div>
      ${
        this.route === 'live'
          ? msg('Drop a photo to ask about it')
          : msg('Drop photos to import them')
      }
    </div>`;
  }

  #onFiles(transfer: DataTransfer): void {
    const files = [...transfer.files];
    if (files.length > 0 && files.every(({ name }) => isModelFileName(name))) {
      offerModelFiles(files);
      return;
    }
    const waits = incomingFiles.arrive({ files, list: droppedFiles(transfer) });
    if (waits && this.route !== 'photos') location.hash = hrefOf('photos');
  }

  #onLink(): void {
    notify(this, {
      text: msg(
        'A link cannot be fetched: the app asks no other server. Copy the picture and paste it here.',
      ),
    });
  }

  static override styles = css`
    div {
      position: absolute;
      inset: 12px;
      z-index: 9;
      display: grid;
      place-items: center;
      padding: 20px;
      border: 3px dashed var(--press);
      border-radius: var(--radius-wide);
      background: var(--press-soft);
      color: var(--press);
      font-size: 1.25rem;
      font-weight: 700;
      text-align: center;
      pointer-events: none;
    }
  `;
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What came, to be read within the event, and how. */
export type FilesCame = (transfer: DataTransfer, by: 'drop' | 'paste') => void;

/** Files and folders that are dropped on the window, or files pasted, while the element is there. */
export class FileSources implements ReactiveController {
  /** Files hover over the window. */
  dragging = false;
  readonly #host: ReactiveControllerHost;
  readonly #onFiles: FilesCame;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost, onFiles: FilesCame) {
    this.#host = host;
    this.#onFiles = onFiles;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener('dragover', this.#onDragOver, { signal });
    window.addEventListener('dragleave', this.#onDragLeave, { signal });
    window.addEventListener('drop', this.#onDrop, { signal });
    window.addEventListener('paste', this.#onPaste, { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  readonly #onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer || !holdsFiles(event.dataTransfer)) return;
    // Without it the browser would leave the app and open the file.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#setDragging(true);
  };

  readonly #onDragLeave = (event: DragEvent) => {
    // Between two elements it names the one that is entered; leaving the window, none.
    if (event.relatedTarget === null) this.#setDragging(false);
  };

  readonly #onDrop = (event: DragEvent) => {
    if (!event.dataTransfer || !holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.#setDragging(false);
    this.#onFiles(event.dataTransfer, 'drop');
  };

  readonly #onPaste = (event: ClipboardEvent) => {
    const { clipboardData } = event;
    if (clipboardData && clipboardData.files.length > 0) this.#onFiles(clipboardData, 'paste');
  };

  #setDragging(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }
}

function holdsFiles({ types }: DataTransfer): boolean {
  return types.some((type) => type === 'Files');
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Files that are dropped on the window or pasted while the element is there. */
export class FileSources implements ReactiveController {
  /** Files hover over the window. */
  dragging = false;
  readonly #host: ReactiveControllerHost;
  readonly #onFiles: (files: File[]) => void;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost, onFiles: (files: File[]) => void) {
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
    if (!event.dataTransfer?.types.includes('Files')) return;
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
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#setDragging(false);
    this.#offer(event.dataTransfer.files);
  };

  readonly #onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData) this.#offer(event.clipboardData.files);
  };

  #offer(files: FileList): void {
    if (files.length > 0) this.#onFiles([...files]);
  }

  #setDragging(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }
}

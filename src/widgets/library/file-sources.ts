import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Must read `transfer` synchronously: browsers clear it after the event. */
export type OnFiles = (transfer: DataTransfer, by: 'drop' | 'paste') => void;

/**
 * Receives files and folders dropped on the window, and pasted files, while the host is connected.
 */
export class FileSources implements ReactiveController {
  /** Whether files are being dragged over the window. */
  dragging = false;
  readonly #host: ReactiveControllerHost;
  readonly #onFiles: OnFiles;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost, onFiles: OnFiles) {
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
    // By default, the browser would navigate to the file.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#setDragging(true);
  };

  readonly #onDragLeave = (event: DragEvent) => {
    // `relatedTarget` is the element that is entered; it is null when the drag leaves the window.
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

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a page does with what is dropped on the window, or pasted. */
interface Receiver {
  /** Must read `transfer` synchronously: browsers clear it after the event. */
  readonly onFiles: (transfer: DataTransfer) => void;
  /** A link, or a piece of a page, came without a file. */
  readonly onLink: () => void;
}

/**
 * Receives files and folders dropped on the window, and pasted files, while the host is connected.
 * No drop makes the browser leave the page. Text fields get the text that is dropped or pasted.
 */
export class FileSources implements ReactiveController {
  /** Whether files are being dragged over the window. */
  dragging = false;
  readonly #host: ReactiveControllerHost;
  readonly #receiver: Receiver;
  /** Whether what is dragged is a part of this page. */
  #isOwn = false;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost, receiver: Receiver) {
    this.#host = host;
    this.#receiver = receiver;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener('dragstart', () => (this.#isOwn = true), { signal });
    window.addEventListener('dragend', () => (this.#isOwn = false), { signal });
    // Where an element has just come under what is dragged, a drop goes by its `dragenter`.
    window.addEventListener('dragenter', this.#onDragOver, { signal });
    window.addEventListener('dragover', this.#onDragOver, { signal });
    window.addEventListener('dragleave', this.#onDragLeave, { signal });
    window.addEventListener('drop', this.#onDrop, { signal });
    // An element that takes the files itself may stop the event.
    window.addEventListener('drop', () => this.#setDragging(false), { signal, capture: true });
    window.addEventListener('paste', this.#onPaste, { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  readonly #onDragOver = (event: DragEvent) => {
    const { dataTransfer } = event;
    if (!dataTransfer) return;
    const files = holdsFiles(dataTransfer);
    if (!files && isTextField(event)) return;
    // By default, the browser would navigate to the file or the link.
    event.preventDefault();
    dataTransfer.dropEffect = this.#isOwn ? 'none' : 'copy';
    this.#setDragging(files && !this.#isOwn);
  };

  readonly #onDragLeave = (event: DragEvent) => {
    // `relatedTarget` is the element that is entered; it is null when the drag leaves the window.
    if (event.relatedTarget === null) this.#setDragging(false);
  };

  readonly #onDrop = (event: DragEvent) => {
    const { dataTransfer } = event;
    if (!dataTransfer) return;
    const files = holdsFiles(dataTransfer);
    if (!files && isTextField(event)) return;
    event.preventDefault();
    if (!this.#isOwn) this.#receive(dataTransfer, files);
  };

  readonly #onPaste = (event: ClipboardEvent) => {
    const { clipboardData } = event;
    if (!clipboardData) return;
    // Programs that copy text often add a picture of it.
    if (isTextField(event) && clipboardData.types.includes('text/plain')) return;
    this.#receive(clipboardData, clipboardData.files.length > 0);
  };

  #receive(transfer: DataTransfer, files: boolean): void {
    if (files) this.#receiver.onFiles(transfer);
    else if (holdsLink(transfer)) this.#receiver.onLink();
  }

  #setDragging(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }
}

function holdsFiles({ types }: DataTransfer): boolean {
  return types.some((type) => type === 'Files');
}

/** Whether there is an address in it, as in what is dragged or copied from another page. */
function holdsLink(transfer: DataTransfer): boolean {
  const [html, text] = [transfer.getData('text/html'), transfer.getData('text/plain')];
  const isAddress = /^https?:\/\/\S+$/i.test(text.trim());
  return transfer.types.includes('text/uri-list') || isAddress || /<(img|a|video)\s/i.test(html);
}

function isTextField(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'file') ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

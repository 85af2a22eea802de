import type { LitElement, ReactiveController } from 'lit';

interface DialogOptions {
  /** Runs when the dialog has been closed, by whatever means, and is not open again. */
  readonly onClosed?: () => void;
  /** Whether a click on the backdrop leaves the dialog open; it closes it by default. */
  readonly ignoresBackdrop?: () => boolean;
}

/** Opens and closes the one `<dialog>` that the host renders, as a modal dialog. */
export class DialogController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: DialogOptions;
  #dialog: HTMLDialogElement | undefined;
  #isOpening = false;
  #pressedBackdrop = false;

  constructor(host: LitElement, options: DialogOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#dialog?.open ?? false;
  }

  /** Opens the dialog as soon as the host has rendered what it shows. */
  async open(): Promise<void> {
    if (this.isOpen || this.#isOpening) return;
    this.#isOpening = true;
    await this.#host.updateComplete;
    // Meanwhile it may have been closed, or the host removed.
    const isWanted = this.#isOpening && this.#host.isConnected;
    this.#isOpening = false;
    if (isWanted) this.#dialog?.showModal();
  }

  readonly close = () => {
    this.#isOpening = false;
    this.#dialog?.close();
  };

  hostUpdated(): void {
    if (this.#dialog) return;
    const dialog = this.#host.renderRoot.querySelector('dialog')!;
    dialog.addEventListener('close', this.#onClose);
    dialog.addEventListener('pointerdown', this.#onPointerDown);
    dialog.addEventListener('click', this.#onClick);
    this.#dialog = dialog;
  }

  /** Browsers send the event a frame later, when the dialog may have been opened again. */
  readonly #onClose = () => {
    if (!this.isOpen && !this.#isOpening) this.#options.onClosed?.();
  };

  readonly #onPointerDown = (event: PointerEvent) => {
    this.#pressedBackdrop = this.#isOnBackdrop(event);
  };

  /** A selection of text that is dragged out of the dialog ends in a click on the backdrop too. */
  readonly #onClick = (event: MouseEvent) => {
    if (!this.#pressedBackdrop || !this.#isOnBackdrop(event)) return;
    if (!this.#options.ignoresBackdrop?.()) this.close();
  };

  /** The dialog is the target of events on its backdrop, and of those on its own padding. */
  #isOnBackdrop({ target, clientX, clientY }: MouseEvent): boolean {
    if (target !== this.#dialog) return false;
    const { left, right, top, bottom } = this.#dialog.getBoundingClientRect();
    return clientX < left || clientX > right || clientY < top || clientY > bottom;
  }
}

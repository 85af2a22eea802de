import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PressOrHold } from './press-or-hold.ts';

interface ShutterKeyListeners {
  /** Whether the key presses a shutter that is enabled now. */
  readonly takes: (key: string) => boolean;
  readonly press: (key: string) => void;
  readonly hold: (key: string) => void;
  /** The end of a hold. */
  readonly release: () => void;
  /** Escape was pressed. */
  readonly stop: () => void;
}

/** Elements that use all keys, and elements that use Space. */
const FIELDS = 'input,textarea,select,dialog';
const CONTROLS = `${FIELDS},button,a,summary`;

/**
 * Keys 1 to 8 and Space act as shutters on the whole page: a press is a photo, a hold is a burst.
 */
export class ShutterKeys implements ReactiveController {
  readonly #listeners: ShutterKeyListeners;
  readonly #press: PressOrHold;
  #key: string | undefined;

  constructor(host: ReactiveControllerHost, listeners: ShutterKeyListeners) {
    this.#listeners = listeners;
    this.#press = new PressOrHold(
      () => listeners.hold(this.#key!),
      () => listeners.release(),
    );
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onDown);
    window.addEventListener('keyup', this.#onUp);
    window.addEventListener('blur', this.#release);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onDown);
    window.removeEventListener('keyup', this.#onUp);
    window.removeEventListener('blur', this.#release);
    this.#release();
  }

  readonly #onDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isFree(event)) return;
    if (event.key === 'Escape') this.#listeners.stop();
    if (!this.#listeners.takes(event.key)) return;
    // By default, Space scrolls.
    event.preventDefault();
    if (event.repeat || this.#key !== undefined) return;
    this.#key = event.key;
    this.#press.down();
  };

  readonly #onUp = (event: KeyboardEvent): void => {
    if (event.key !== this.#key) return;
    const pressed = this.#press.up();
    this.#key = undefined;
    if (pressed) this.#listeners.press(event.key);
  };

  readonly #release = (): void => {
    this.#press.up();
    this.#key = undefined;
  };
}

function isFree(event: KeyboardEvent): boolean {
  const selector = event.key === ' ' ? CONTROLS : FIELDS;
  return !event
    .composedPath()
    .some((target) => target instanceof Element && target.matches(selector));
}

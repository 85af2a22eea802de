import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PressOrHold } from './press-or-hold.ts';

interface ShutterKeyListeners {
  /** Whether the key stands for a shutter that can be pressed now. */
  readonly takes: (key: string) => boolean;
  readonly press: (key: string) => void;
  readonly hold: (key: string) => void;
  readonly letGo: () => void;
  /** Escape. */
  readonly stop: () => void;
}

/** Where a key is typed, and where Space presses something else. */
const FIELDS = 'input,textarea,select,dialog';
const CONTROLS = `${FIELDS},button,a,summary`;

/** 1 to 8 and Space as shutters, anywhere on the page: a press is a photo, a hold is a burst. */
export class ShutterKeys implements ReactiveController {
  readonly #listeners: ShutterKeyListeners;
  readonly #press: PressOrHold;
  #key: string | undefined;

  constructor(host: ReactiveControllerHost, listeners: ShutterKeyListeners) {
    this.#listeners = listeners;
    this.#press = new PressOrHold(
      () => listeners.hold(this.#key!),
      () => listeners.letGo(),
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
    // Space would scroll.
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
  const taken = event.key === ' ' ? CONTROLS : FIELDS;
  return !event.composedPath().some((one) => one instanceof Element && one.matches(taken));
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** As in the gallery apps of phones. */
const LONG_PRESS_MS = 450;
/** A finger that moves further than this many CSS px scrolls instead. */
const MOVE_TOLERANCE = 10;

/** Detects long presses, and the click that the browser sends at the end of one. */
export class TileGestures implements ReactiveController {
  readonly #onLongPress: (target: EventTarget) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #start: { x: number; y: number } | undefined;
  #wasLong = false;

  constructor(host: ReactiveControllerHost, onLongPress: (target: EventTarget) => void) {
    this.#onLongPress = onLongPress;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  /**
   * Whether the current click is the end of a long press, and must be ignored. Resets the state.
   */
  isEndOfLongPress(): boolean {
    const wasLong = this.#wasLong;
    this.#wasLong = false;
    return wasLong;
  }

  readonly onDown = (event: PointerEvent) => {
    const { target, clientX: x, clientY: y } = event;
    this.#end();
    this.#wasLong = false;
    if (event.button !== 0 || !target) return;
    this.#start = { x, y };
    this.#timer = setTimeout(() => {
      this.#wasLong = true;
      this.#onLongPress(target);
    }, LONG_PRESS_MS);
  };

  readonly onMove = ({ clientX, clientY }: PointerEvent) => {
    if (!this.#start) return;
    const moved = Math.hypot(clientX - this.#start.x, clientY - this.#start.y);
    if (moved > MOVE_TOLERANCE) this.#end();
  };

  readonly onEnd = () => {
    this.#end();
  };

  /** Suppresses the context menu, which the browser opens on a long press. */
  readonly onMenu = (event: Event) => {
    if (this.#start) event.preventDefault();
  };

  #end(): void {
    clearTimeout(this.#timer);
    this.#start = undefined;
  }
}

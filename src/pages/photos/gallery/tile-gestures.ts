import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** As long as a phone's own gallery waits. */
const LONG_PRESS_MS = 450;
/** A finger that moves further scrolls, in CSS pixels. */
const STILL = 10;

/** A long press, told apart from the tap that a browser makes of it when the finger goes up. */
export class TileGestures implements ReactiveController {
  readonly #onLongPress: (target: EventTarget) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #from: { x: number; y: number } | undefined;
  #wasLong = false;

  constructor(host: ReactiveControllerHost, onLongPress: (target: EventTarget) => void) {
    this.#onLongPress = onLongPress;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Whether the click that is being handled ends a long press, and so is none. */
  takesClick(): boolean {
    const takes = this.#wasLong;
    this.#wasLong = false;
    return takes;
  }

  readonly onDown = (event: PointerEvent) => {
    const { target, clientX: x, clientY: y } = event;
    this.#end();
    this.#wasLong = false;
    if (event.button !== 0 || !target) return;
    this.#from = { x, y };
    this.#timer = setTimeout(() => {
      this.#wasLong = true;
      this.#onLongPress(target);
    }, LONG_PRESS_MS);
  };

  readonly onMove = ({ clientX, clientY }: PointerEvent) => {
    if (!this.#from) return;
    const moved = Math.hypot(clientX - this.#from.x, clientY - this.#from.y);
    if (moved > STILL) this.#end();
  };

  readonly onEnd = () => {
    this.#end();
  };

  /** The browser's menu would lie over what a long press has just begun. */
  readonly onMenu = (event: Event) => {
    if (this.#from) event.preventDefault();
  };

  #end(): void {
    clearTimeout(this.#timer);
    this.#from = undefined;
  }
}

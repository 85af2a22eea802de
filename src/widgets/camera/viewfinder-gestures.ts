/** A point in CSS pixels from the top left corner of the viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface ViewfinderGestureListeners {
  /** @param factor change of the fingers' distance since the last call; above 1 they move apart */
  readonly onPinch: (factor: number) => void;
  /** A tap with one finger, or a click. */
  readonly onTap: (point: Point) => void;
}

/** Maximum duration and maximum movement of a tap. */
const TAP_MS = 500;
const TAP_PX = 12;

/** Recognises pinches and taps in the pointer events passed to `handle`. */
export class ViewfinderGestures {
  readonly #listeners: ViewfinderGestureListeners;
  readonly #down = new Map<number, Point>();
  #distance = 0;
  #tap: { readonly at: Point; readonly time: number } | undefined;

  constructor(listeners: ViewfinderGestureListeners) {
    this.#listeners = listeners;
  }

  readonly handle = (event: PointerEvent): void => {
    const point = { x: event.clientX, y: event.clientY };
    switch (event.type) {
      case 'pointerdown':
        this.#press(event, point);
        break;
      case 'pointermove':
        this.#move(event.pointerId, point);
        break;
      case 'pointerup':
        this.#lift(event, point);
        break;
      default:
        this.#remove(event.pointerId);
    }
  };

  #press(event: PointerEvent, point: Point): void {
    if (event.button !== 0) return;
    this.#down.set(event.pointerId, point);
    this.#tap = this.#down.size === 1 ? { at: point, time: event.timeStamp } : undefined;
    this.#distance = this.#spread();
  }

  #move(id: number, point: Point): void {
    if (!this.#down.has(id)) return;
    this.#down.set(id, point);
    const distance = this.#spread();
    if (distance > 0 && this.#distance > 0) this.#listeners.onPinch(distance / this.#distance);
    this.#distance = distance;
  }

  #lift(event: PointerEvent, point: Point): void {
    const tap = this.#tap;
    this.#remove(event.pointerId);
    if (!tap || event.timeStamp - tap.time > TAP_MS) return;
    if (Math.hypot(point.x - tap.at.x, point.y - tap.at.y) <= TAP_PX) this.#listeners.onTap(point);
  }

  #remove(id: number): void {
    this.#down.delete(id);
    this.#tap = undefined;
    this.#distance = this.#spread();
  }

  /** Distance between two fingers in CSS pixels; 0 unless exactly two are down. */
  #spread(): number {
    const [a, b, more] = [...this.#down.values()];
    return a && b && !more ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }
}

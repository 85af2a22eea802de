import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Listens to something for as long as its element is on the page. */
export class ListenController<Heard extends Event> implements ReactiveController {
  readonly #source: EventTarget;
  readonly #type: string;
  readonly #listener: (event: Heard) => void;

  /** @param listener re-renders the element, if it is left out */
  constructor(
    host: ReactiveControllerHost,
    source: EventTarget,
    type: string,
    listener: (event: Heard) => void = () => host.requestUpdate(),
  ) {
    this.#source = source;
    this.#type = type;
    this.#listener = listener;
    host.addController(this);
  }

  hostConnected(): void {
    this.#source.addEventListener(this.#type, this.#listener as (event: Event) => void);
  }

  hostDisconnected(): void {
    this.#source.removeEventListener(this.#type, this.#listener as (event: Event) => void);
  }
}

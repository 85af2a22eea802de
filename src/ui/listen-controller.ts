import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Listens to the events of `source` while the host element is connected. */
export class ListenController<Received extends Event> implements ReactiveController {
  readonly #source: EventTarget;
  readonly #type: string;
  readonly #listener: (event: Received) => void;

  /** @param listener by default, requests an update of the host */
  constructor(
    host: ReactiveControllerHost,
    source: EventTarget,
    type: string,
    listener: (event: Received) => void = () => host.requestUpdate(),
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

import type { LitElement, ReactiveController } from 'lit';
import { ListenController } from '../../ui/listen-controller.ts';

/** Brings a section into sight, and the focus to its heading, when the address asks: `#/settings?NAME`. */
export class RevealSection implements ReactiveController {
  readonly #host: LitElement;
  readonly #name: string;

  constructor(host: LitElement, name: string) {
    this.#host = host;
    this.#name = name;
    host.addController(this);
    new ListenController(host, window, 'hashchange', () => this.#look());
  }

  hostConnected(): void {
    void this.#host.updateComplete.then(() => this.#look());
  }

  #look(): void {
    if (!location.hash.endsWith(`?${this.#name}`)) return;
    this.#host.scrollIntoView({ block: 'start' });
    this.#host.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  }
}
